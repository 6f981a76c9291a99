// generated from provider function schema

import * as cdktn from 'cdktn';

/**
* Provider-defined functions of the agyn provider.
*/
export class AgynProviderFunctions {
  private readonly providerLocalName: string;

  /**
  * @param providerLocalName The local name of the provider in required_providers; defaults to the registry short name. Override when the provider is declared under a different local name — aliases do not change the namespace, local names do.
  */
  constructor(providerLocalName: string) {
    this.providerLocalName = providerLocalName;
  }

  /**
  * Makes an API token of 43 letters and digits that were drawn at random, for `token_wo` of `agyn_api_token`: it puts `agyn_` before them and their checksum behind. Draw them with `ephemeral "random_password"` (`length = 43`, `special = false`), so that they are in no state.
  * @param {string} random - 43 characters of 0-9, A-Z and a-z, drawn at random.
  * @returns {string}
  */
  public apiToken(random: string): string {
    return cdktn.Token.asString(cdktn.TerraformProviderFunction.invoke(this.providerLocalName, "api_token", [random]));
  }

  /**
  * Writes the reference of a remote secret, `provider://path?version=3#key`, each part percent-encoded. `parse_reference` takes it apart again.
  * @param {string} provider - Name of the secret provider.
  * @param {string} path - Path in its store, such as `kv/data/prod/db`.
  * @param {Array<string | IResolvable>} rest - The key within the stored object, and then the version; either may be null. Pass cdktn.Token.nullValue() for an explicit Terraform null.
  * @returns {string}
  */
  public formatReference(provider: string, path: string, rest: Array<string | cdktn.IResolvable>): string {
    return cdktn.Token.asString(cdktn.TerraformProviderFunction.invoke(this.providerLocalName, "format_reference", [provider, path, ...rest]));
  }

  /**
  * Takes the reference of a remote secret, `provider://path?version=3#key`, apart into the name of the secret provider, the path, and the key and the version, which are null where the reference has none.
  * @param {string} reference - A reference, such as `vault-prod://kv/data/prod/db#password`.
  * @returns {object}
  */
  public parseReference(reference: string): cdktn.IResolvable {
    return cdktn.TerraformProviderFunction.invoke(this.providerLocalName, "parse_reference", [reference]);
  }
}
