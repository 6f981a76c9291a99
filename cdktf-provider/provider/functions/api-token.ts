import { TOKEN_RANDOM_LENGTH, tokenOf } from '../../../contract/api-token.ts'
import { providerFunction, TerraformError, text } from '../../plugin/index.ts'

/** Without it nobody could make a token in HCL: the checksum takes a SHA-256 and a number system. */
export const apiToken = providerFunction({
  name: 'api_token',
  summary: 'Makes an API token of 43 random characters.',
  description:
    'Makes an API token of 43 letters and digits that were drawn at random, for `token_wo` of `agyn_api_token`: it puts `agyn_` before them and their checksum behind. Draw them with `ephemeral "random_password"` (`length = 43`, `special = false`), so that they are in no state.',
  parameters: {
    random: text('43 characters of 0-9, A-Z and a-z, drawn at random.').required(),
  },
  returns: text('The token.').computed(),

  call({ random }) {
    if (random.length === TOKEN_RANDOM_LENGTH && /^[0-9A-Za-z]*$/.test(random)) {
      return tokenOf(random)
    }
    throw new TerraformError({
      summary: `Give ${TOKEN_RANDOM_LENGTH} letters and digits, drawn at random.`,
      detail: 'With `random_password`: `length = 43` and `special = false`.',
      path: ['random'],
    })
  },
})
