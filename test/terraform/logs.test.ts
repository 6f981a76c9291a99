import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startServer } from '../api/backends/fake-server.ts'
import { ApiProcess, type ApiOrganization } from '../support/api-process.ts'
import { Terraform } from '../support/terraform.ts'
import { required } from './world.ts'

let api: ApiProcess
let acme: ApiOrganization
const opened: Terraform[] = []
beforeAll(async () => {
  api = await ApiProcess.start()
  acme = await api.organization('acme')
})
afterAll(async () => {
  for (const terraform of opened) terraform.remove()
  await api.remove()
})

/** The installed provider, whose log is written to a file of its own. */
async function logging(configuration: string, level: NodeJS.ProcessEnv): Promise<Terraform> {
  const terraform = new Terraform({ AGYN_API_URL: api.url, AGYN_API_TOKEN: acme.owner, ...level })
  opened.push(terraform)
  terraform.set({ TF_LOG_PATH: terraform.path('log') }).write(`${required}${configuration}`)
  const { code, raw } = await terraform.init()
  if (code !== 0) throw new Error(raw)
  return terraform
}

const logOf = (terraform: Terraform): string => readFileSync(terraform.path('log'), 'utf8')

/** The lines that come from the provider, and not from Terraform itself. */
const provided = (log: string): string[] =>
  log.split('\n').filter((line) => / provider\.terraform-provider-agyn/.test(line))

describe('the log of the provider', () => {
  it('tells each request by its route, status, duration and id, and each call of Terraform', async () => {
    const terraform = await logging(
      'resource "agyn_secret" "a" {\n name = "logged-name"\n value = "x"\n}',
      { TF_LOG_PROVIDER: 'TRACE' },
    )
    expect(await terraform.apply()).toMatchObject({ code: 0 })
    const lines = provided(logOf(terraform))
    const created = lines.find((line) => line.includes('route=/api/secrets '))
    for (const part of ['method=POST', 'status=201', 'attempt=1', 'durationMs=']) {
      expect(created).toContain(part)
    }
    const requestId = /requestId=([\w-]+)/.exec(created ?? '')?.[1] ?? 'none'
    await expect.poll(() => api.output).toContain(`"requestId":"${requestId}"`)
    const applied = lines.find((line) => line.includes('rpc=ApplyResourceChange'))
    expect(applied).toContain('type=agyn_secret')
    expect(lines.join('\n')).not.toContain('logged-name')
  })

  it('says how often something was sent, and what it waits for', async () => {
    let asked = 0
    const limited = await startServer((request, response) => {
      asked += 1
      if (asked === 1) return void response.writeHead(429, { 'retry-after': '1' }).end()
      const { method, headers } = request
      const onwards = httpRequest(`${api.url}${request.url}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
      })
      request.pipe(onwards)
    })
    onTestFinished(() => limited.close())
    const terraform = await logging('resource "agyn_secret" "a" {\n name = "a"\n value = "x"\n}', {
      TF_LOG_PROVIDER: 'DEBUG',
    })
    expect(await terraform.set({ AGYN_API_URL: limited.address }).plan()).toMatchObject({ code: 2 })
    const lines = provided(logOf(terraform))
    const waiting = lines.find((line) => line.includes('waiting, for the rate limit')) ?? ''
    for (const part of [/waitMs=1\d{3}\b/, /status=429\b/, /route=\/api\/whoami\b/]) {
      expect(waiting).toMatch(part)
    }
    expect(lines.filter((line) => line.includes('attempt=2'))).toHaveLength(1)
  })

  it('has no value, token or name of anything, whatever is done and whatever fails', async () => {
    const canary = (kind: string) => `canary-${kind}-${randomUUID()}`
    const values = {
      value: canary('value'),
      value_wo: canary('value-wo'),
      config: canary('config'),
      config_wo: canary('config-wo'),
      env: canary('env'),
    }
    const [name, existing] = [canary('name'), canary('existing')]
    const variables = Object.keys(values).map(
      (key) => `variable "${key}" {\n sensitive = true\n ephemeral = ${key.endsWith('_wo')}\n}`,
    )
    const terraform = await logging(
      `${variables.join('\n')}
      resource "agyn_secret" "a" {
        name  = "${name}"
        value = var.value
      }
      resource "agyn_secret" "b" {
        name             = "${name} b"
        value_wo         = var.value_wo
        value_wo_version = 1
      }
      resource "agyn_secret_provider" "a" {
        name   = "${name}"
        type   = "vault"
        config = { address = "https://vault.example:8200", token = var.config }
      }
      resource "agyn_secret_provider" "b" {
        name   = "${name} b"
        type   = "vault"
        config = { address = "https://vault.example:8200", token_wo = var.config_wo }
        config_wo_version = 1
      }
      resource "agyn_env" "a" {
        consumer = { kind = "agent", id = "${name}" }
        name     = "A"
        value    = nonsensitive(var.env)
      }`,
      { TF_LOG: 'TRACE' },
    )
    for (const [key, value] of Object.entries(values)) terraform.set({ [`TF_VAR_${key}`]: value })
    await terraform.applied()

    const taken = await api
      .client(acme.owner)
      .call('CreateSecret', { body: { name: existing, value: values.value } })
    terraform.write(
      `resource "agyn_secret" "c" {\n name = "${existing}"\n value = var.value\n}`,
      'c.tf',
    )
    const refused = await terraform.apply()
    expect(refused.output).toContain(`terraform import agyn_secret.NAME '${taken.id}'`)
    expect(await terraform.import('agyn_secret.c', taken.id)).toMatchObject({ code: 0 })
    terraform.set({ AGYN_API_TOKEN: acme.member })
    expect(await terraform.apply()).toMatchObject({ code: 1 })
    terraform.set({ AGYN_API_TOKEN: acme.owner })
    expect(await terraform.destroy()).toMatchObject({ code: 0 })

    const log = logOf(terraform)
    expect(provided(log).length).toBeGreaterThan(20)
    for (const secret of [...Object.values(values), acme.owner, acme.member]) {
      expect(log.includes(secret), secret).toBe(false)
    }
    for (const text of [name, existing]) {
      expect(provided(log).filter((line) => line.includes(text))).toEqual([])
    }
  })
})
