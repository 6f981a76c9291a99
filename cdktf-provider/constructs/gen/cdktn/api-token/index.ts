// https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/api_token
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktn from 'cdktn';

// Configuration

export interface ApiTokenConfig extends cdktn.TerraformMetaArguments {
  /**
  * When it ends, such as `2027-01-31T12:00:00Z`; 90 days after it was made when left out. It stays here when it has ended: `terraform apply -replace` makes a new one.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/api_token#expires_at ApiToken#expires_at}
  */
  readonly expiresAt?: string;
  /**
  * Name, by which people tell it from others.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/api_token#name ApiToken#name}
  */
  readonly name: string;
  /**
  * Organization it belongs to. Else the provider's `organization_id`, else the token's own.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/api_token#organization_id ApiToken#organization_id}
  */
  readonly organizationId?: string;
  /**
  * `owner` reads and changes everything but values; `member` reads; `orchestrator` resolves workloads; `llm_proxy` resolves what LLM providers use. The last two take an admin.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/api_token#role ApiToken#role}
  */
  readonly role: string;
  /**
  * How often another should take over, such as `90d`; `GET /api/due` lists what is due.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/api_token#rotate_every ApiToken#rotate_every}
  */
  readonly rotateEvery?: string;
  /**
  * Limits it to a scope and those below. When left out of a new one, it reaches as far as the token that makes it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/api_token#scope_id ApiToken#scope_id}
  */
  readonly scopeId?: string;
  /**
  * The token itself: `provider::agyn::api_token` of 43 random characters. It goes to the API, which keeps a hash of it, and is in no state and no plan.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/api_token#token_wo ApiToken#token_wo}
  */
  readonly tokenWo?: string;
  /**
  * Goes with `token_wo`: another number is another token, and replaces this one. While it stays, `token_wo` may be null.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/api_token#token_wo_version ApiToken#token_wo_version}
  */
  readonly tokenWoVersion?: number;
  /**
  * timeouts block
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/api_token#timeouts ApiToken#timeouts}
  */
  readonly timeouts?: ApiTokenTimeouts;
}
export interface ApiTokenTimeouts {
  /**
  * Limit for creating it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/api_token#create ApiToken#create}
  */
  readonly create?: string;
  /**
  * Limit for deleting it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/api_token#delete ApiToken#delete}
  */
  readonly delete?: string;
  /**
  * Limit for reading it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/api_token#read ApiToken#read}
  */
  readonly read?: string;
  /**
  * Limit for changing it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/api_token#update ApiToken#update}
  */
  readonly update?: string;
}

export function apiTokenTimeoutsToTerraform(struct?: ApiTokenTimeouts | cdktn.IResolvable): any {
  if (!cdktn.canInspect(struct) || cdktn.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktn.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdktn.io/docs/concepts/resources#references");
  }
  return {
    create: cdktn.stringToTerraform(struct!.create),
    delete: cdktn.stringToTerraform(struct!.delete),
    read: cdktn.stringToTerraform(struct!.read),
    update: cdktn.stringToTerraform(struct!.update),
  }
}


export function apiTokenTimeoutsToHclTerraform(struct?: ApiTokenTimeouts | cdktn.IResolvable): any {
  if (!cdktn.canInspect(struct) || cdktn.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktn.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdktn.io/docs/concepts/resources#references");
  }
  const attrs = {
    create: {
      value: cdktn.stringToHclTerraform(struct!.create),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    delete: {
      value: cdktn.stringToHclTerraform(struct!.delete),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    read: {
      value: cdktn.stringToHclTerraform(struct!.read),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    update: {
      value: cdktn.stringToHclTerraform(struct!.update),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class ApiTokenTimeoutsOutputReference extends cdktn.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktn.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktn.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): ApiTokenTimeouts | cdktn.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._create !== undefined) {
      hasAnyValues = true;
      internalValueResult.create = this._create;
    }
    if (this._delete !== undefined) {
      hasAnyValues = true;
      internalValueResult.delete = this._delete;
    }
    if (this._read !== undefined) {
      hasAnyValues = true;
      internalValueResult.read = this._read;
    }
    if (this._update !== undefined) {
      hasAnyValues = true;
      internalValueResult.update = this._update;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: ApiTokenTimeouts | cdktn.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._create = undefined;
      this._delete = undefined;
      this._read = undefined;
      this._update = undefined;
    }
    else if (cdktn.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._create = value.create;
      this._delete = value.delete;
      this._read = value.read;
      this._update = value.update;
    }
  }

  // create - computed: false, optional: true, required: false
  private _create?: string; 
  public get create() {
    return this.getStringAttribute('create');
  }
  public set create(value: string) {
    this._create = value;
  }
  public resetCreate() {
    this._create = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get createInput() {
    return this._create;
  }

  // delete - computed: false, optional: true, required: false
  private _delete?: string; 
  public get delete() {
    return this.getStringAttribute('delete');
  }
  public set delete(value: string) {
    this._delete = value;
  }
  public resetDelete() {
    this._delete = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get deleteInput() {
    return this._delete;
  }

  // read - computed: false, optional: true, required: false
  private _read?: string; 
  public get read() {
    return this.getStringAttribute('read');
  }
  public set read(value: string) {
    this._read = value;
  }
  public resetRead() {
    this._read = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get readInput() {
    return this._read;
  }

  // update - computed: false, optional: true, required: false
  private _update?: string; 
  public get update() {
    return this.getStringAttribute('update');
  }
  public set update(value: string) {
    this._update = value;
  }
  public resetUpdate() {
    this._update = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get updateInput() {
    return this._update;
  }
}

/**
* Represents a {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/api_token agyn_api_token}
*/
export class ApiToken extends cdktn.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "agyn_api_token";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTN code for importing a ApiToken resource upon running "cdktn plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the ApiToken to import
  * @param importFromId The id of the existing ApiToken that should be imported. Refer to the {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/api_token#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the ApiToken to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktn.TerraformProvider) {
        return new cdktn.ImportableResource(scope, importToId, { terraformResourceType: "agyn_api_token", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/api_token agyn_api_token} Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options ApiTokenConfig
  */
  public constructor(scope: Construct, id: string, config: ApiTokenConfig) {
    super(scope, id, {
      terraformResourceType: 'agyn_api_token',
      terraformGeneratorMetadata: {
        providerName: 'agyn',
        providerVersionConstraint: '~> 0.1.0'
      },
      provider: config.provider,
      dependsOn: config.dependsOn,
      count: config.count,
      lifecycle: config.lifecycle,
      provisioners: config.provisioners,
      connection: config.connection,
      forEach: config.forEach
    });
    this._expiresAt = config.expiresAt;
    this._name = config.name;
    this._organizationId = config.organizationId;
    this._role = config.role;
    this._rotateEvery = config.rotateEvery;
    this._scopeId = config.scopeId;
    this._tokenWo = config.tokenWo;
    this._tokenWoVersion = config.tokenWoVersion;
    this._timeouts.internalValue = config.timeouts;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // expires_at - computed: true, optional: true, required: false
  private _expiresAt?: string; 
  public get expiresAt() {
    return this.getStringAttribute('expires_at');
  }
  public set expiresAt(value: string) {
    this._expiresAt = value;
  }
  public resetExpiresAt() {
    this._expiresAt = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get expiresAtInput() {
    return this._expiresAt;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // name - computed: false, optional: false, required: true
  private _name?: string; 
  public get name() {
    return this.getStringAttribute('name');
  }
  public set name(value: string) {
    this._name = value;
  }
  // Temporarily expose input value. Use with caution.
  public get nameInput() {
    return this._name;
  }

  // organization_id - computed: true, optional: true, required: false
  private _organizationId?: string; 
  public get organizationId() {
    return this.getStringAttribute('organization_id');
  }
  public set organizationId(value: string) {
    this._organizationId = value;
  }
  public resetOrganizationId() {
    this._organizationId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get organizationIdInput() {
    return this._organizationId;
  }

  // prefix - computed: true, optional: false, required: false
  public get prefix() {
    return this.getStringAttribute('prefix');
  }

  // role - computed: false, optional: false, required: true
  private _role?: string; 
  public get role() {
    return this.getStringAttribute('role');
  }
  public set role(value: string) {
    this._role = value;
  }
  // Temporarily expose input value. Use with caution.
  public get roleInput() {
    return this._role;
  }

  // rotate_every - computed: false, optional: true, required: false
  private _rotateEvery?: string; 
  public get rotateEvery() {
    return this.getStringAttribute('rotate_every');
  }
  public set rotateEvery(value: string) {
    this._rotateEvery = value;
  }
  public resetRotateEvery() {
    this._rotateEvery = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get rotateEveryInput() {
    return this._rotateEvery;
  }

  // scope_id - computed: true, optional: true, required: false
  private _scopeId?: string; 
  public get scopeId() {
    return this.getStringAttribute('scope_id');
  }
  public set scopeId(value: string) {
    this._scopeId = value;
  }
  public resetScopeId() {
    this._scopeId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scopeIdInput() {
    return this._scopeId;
  }

  // token_wo - computed: false, optional: true, required: false
  private _tokenWo?: string; 
  /**
  * @deprecated Write-only: the provider never returns this value; reading it always yields null by protocol contract. The getter remains for compatibility and will be removed in a future prebuilt-provider major.
  */
  public get tokenWo() {
    return this.getStringAttribute('token_wo');
  }
  public set tokenWo(value: string) {
    this._tokenWo = value;
  }
  public resetTokenWo() {
    this._tokenWo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tokenWoInput() {
    return this._tokenWo;
  }

  // token_wo_version - computed: false, optional: true, required: false
  private _tokenWoVersion?: number; 
  public get tokenWoVersion() {
    return this.getNumberAttribute('token_wo_version');
  }
  public set tokenWoVersion(value: number) {
    this._tokenWoVersion = value;
  }
  public resetTokenWoVersion() {
    this._tokenWoVersion = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tokenWoVersionInput() {
    return this._tokenWoVersion;
  }

  // timeouts - computed: false, optional: true, required: false
  private _timeouts = new ApiTokenTimeoutsOutputReference(this, "timeouts");
  public get timeouts() {
    return this._timeouts;
  }
  public putTimeouts(value: ApiTokenTimeouts) {
    this._timeouts.internalValue = value;
  }
  public resetTimeouts() {
    this._timeouts.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get timeoutsInput() {
    return this._timeouts.internalValue;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      expires_at: cdktn.stringToTerraform(this._expiresAt),
      name: cdktn.stringToTerraform(this._name),
      organization_id: cdktn.stringToTerraform(this._organizationId),
      role: cdktn.stringToTerraform(this._role),
      rotate_every: cdktn.stringToTerraform(this._rotateEvery),
      scope_id: cdktn.stringToTerraform(this._scopeId),
      token_wo: this.markWriteOnlyAttribute(cdktn.stringToTerraform(this._tokenWo)),
      token_wo_version: cdktn.numberToTerraform(this._tokenWoVersion),
      timeouts: apiTokenTimeoutsToTerraform(this._timeouts.internalValue),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      expires_at: {
        value: cdktn.stringToHclTerraform(this._expiresAt),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      name: {
        value: cdktn.stringToHclTerraform(this._name),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      organization_id: {
        value: cdktn.stringToHclTerraform(this._organizationId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      role: {
        value: cdktn.stringToHclTerraform(this._role),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      rotate_every: {
        value: cdktn.stringToHclTerraform(this._rotateEvery),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      scope_id: {
        value: cdktn.stringToHclTerraform(this._scopeId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      token_wo: {
        value: this.markWriteOnlyAttribute(cdktn.stringToHclTerraform(this._tokenWo)),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      token_wo_version: {
        value: cdktn.numberToHclTerraform(this._tokenWoVersion),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      timeouts: {
        value: apiTokenTimeoutsToHclTerraform(this._timeouts.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "ApiTokenTimeouts",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
