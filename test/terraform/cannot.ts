/**
 * What Terraform cannot do and OpenTofu can, and the other way round: tests of this folder, by file and
 * full name, and why they fail with that one. They are run, and have to fail.
 */
export const cannot: Readonly<Record<'Terraform' | 'OpenTofu', Readonly<Record<string, string>>>> =
  {
    Terraform: {
      'test/terraform/encrypted-state.test.ts > an encrypted state > shows no value, and serves the next plan':
        'it writes its state in clear text',
    },
    OpenTofu: {},
  }
