import { once } from 'node:events'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startProcess } from '../../scripts/child-process.ts'
import { installOnce } from '../../scripts/local-server.ts'
import { startVault } from '../api/backends/vault/fake-vault.ts'
import { openVaultAs } from '../api/backends/vault/open-vault.ts'
import { cacheDir, onLine } from './servers/cache.ts'

const version = '1.44.5'
const signal = AbortSignal.timeout(240_000)
const keys = {
  accessKey: 'AKIDEXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}

/**
 * What AWS's own library for Python says the authorization of this login should be: it signs the same
 * request anew, at the time and with the headers that the login says were signed.
 */
const script = `
import base64, datetime, json, sys
import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

given = json.load(sys.stdin)
login = given["login"]
decoded = lambda name: base64.b64decode(login[name]).decode()
headers = json.loads(decoded("iam_request_headers"))
lower = {name.lower(): value for name, value in headers.items()}
signed = lower["authorization"].split("SignedHeaders=")[1].split(",")[0].split(";")
time = datetime.datetime.strptime(lower["x-amz-date"], "%Y%m%dT%H%M%SZ")
botocore.auth.get_current_datetime = lambda remove_tzinfo=True: time
set_by_signer = ("x-amz-date", "x-amz-security-token", "host")
request = AWSRequest(
    method=login["iam_http_request_method"],
    url=decoded("iam_request_url"),
    data=decoded("iam_request_body"),
    headers={name: lower[name] for name in signed if name not in set_by_signer},
)
credentials = Credentials(given["accessKey"], given["secretKey"], given.get("sessionToken"))
botocore.auth.SigV4Auth(credentials, "sts", given["region"]).add_auth(request)
print(json.dumps({"given": lower["authorization"], "expected": request.headers["Authorization"]}))
`

describe('the AWS login of a Vault provider', () => {
  let python: string
  beforeAll(async () => {
    const environment = await installOnce({
      what: `botocore ${version}`,
      cacheDir,
      name: `botocore-${version}`,
      remedy: 'Install Python 3 with venv and pip.',
      async make(workshop, run) {
        await run('python3', ['-m', 'venv', workshop])
        const pip = join(workshop, 'bin', 'pip')
        const requirement = `botocore==${version}`
        await run(pip, ['install', '--quiet', '--disable-pip-version-check', requirement])
        return workshop
      },
      onLine,
    })
    python = join(environment, 'bin', 'python')
  })
  beforeEach(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', keys.accessKey)
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', keys.secretKey)
    return () => vi.unstubAllEnvs()
  })

  it.each([
    { name: 'nothing given', settings: {} },
    { name: 'a server id', settings: { serverId: 'vault.example.com' } },
    {
      name: 'a region with an STS of its own',
      settings: { region: 'eu-central-1', stsEndpoint: 'https://sts.eu-central-1.amazonaws.com' },
    },
    { name: 'an STS at a port', settings: { stsEndpoint: 'http://sts.internal:8443' } },
    { name: 'a session token', settings: { serverId: 'x' }, sessionToken: 'session/token+==' },
  ])('is signed as botocore signs it: $name', async ({ settings, sessionToken }) => {
    vi.stubEnv('AWS_SESSION_TOKEN', sessionToken ?? '')
    const logins: Readonly<Record<string, string>>[] = []
    const vault = await startVault({
      mounts: { secret: 2 },
      logins: { aws: { accepts: (body) => logins.push(body) > 0 } },
    })
    try {
      const config = {
        address: vault.address,
        authMethod: 'aws',
        role: 'app',
        ...settings,
      } as const
      await (await openVaultAs(config)).read('secret/app', { signal })
    } finally {
      await vault.close()
    }
    const [login] = logins
    const region = 'region' in settings ? settings.region : 'us-east-1'
    const said = await signWithBotocore(python, { ...keys, login, region, sessionToken })
    expect(said.given).toBe(said.expected)
    expect(said.expected).toContain(`/${region}/sts/aws4_request`)
  })
})

async function signWithBotocore(
  python: string,
  given: object,
): Promise<{ given: string; expected: string }> {
  const child = startProcess(python, ['-c', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stdin?.end(JSON.stringify(given))
  const [code] = (await once(child, 'close')) as [number]
  if (code !== 0) throw new Error(`python ended with ${code}`)
  return JSON.parse(said) as { given: string; expected: string }
}
