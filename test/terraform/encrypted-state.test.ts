import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

/** As the guide to OpenTofu shows it, but for the iterations: no fewer are allowed. */
const encryption = `
  variable "state_passphrase" {
    sensitive = true
  }
  terraform {
    encryption {
      key_provider "pbkdf2" "passphrase" {
        passphrase = var.state_passphrase
        iterations = 200000
      }
      method "aes_gcm" "passphrase" {
        keys = key_provider.pbkdf2.passphrase
      }
      state {
        method   = method.aes_gcm.passphrase
        enforced = true
      }
      plan {
        method   = method.aes_gcm.passphrase
        enforced = true
      }
    }
  }`

describe('an encrypted state', () => {
  it('shows no value, and serves the next plan', async () => {
    const terraform = world.terraform().write(encryption, 'encryption.tofu')
    terraform.set({ TF_VAR_state_passphrase: 'correct horse battery staple' })
    await terraform.applied('resource "agyn_secret" "a" {\n name = "kept"\n value = "canary"\n}')
    expect(readFileSync(terraform.path('terraform.tfstate'), 'utf8')).not.toContain('canary')
    expect((await terraform.run('show', '-json')).raw).toContain('canary')
  })
})
