// https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface SecretConfig extends cdktf.TerraformMetaArguments {
  /**
  * What kind of credential it is: `provider_credential`, `infrastructure_credential`, `integration_credential`, `agent_secret` or `other`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#category Secret#category}
  */
  readonly category?: string;
  /**
  * What it is for.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#description Secret#description}
  */
  readonly description?: string;
  /**
  * When the value should have been replaced, such as `2027-01-31T12:00:00Z`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#expires_at Secret#expires_at}
  */
  readonly expiresAt?: string;
  /**
  * Destroy it although envs refer to it. They stay and fail to resolve.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#force_destroy Secret#force_destroy}
  */
  readonly forceDestroy?: boolean | cdktf.IResolvable;
  /**
  * Name, unique in its scope.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#name Secret#name}
  */
  readonly name: string;
  /**
  * Organization it belongs to. Else the provider's `organization_id`, else the token's own.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#organization_id Secret#organization_id}
  */
  readonly organizationId?: string;
  /**
  * The secret provider that a remote secret is read from, or that keeps the value of a managed one.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#provider_id Secret#provider_id}
  */
  readonly providerId?: string;
  /**
  * Key within the stored object: its name, or else a JSON Pointer such as `/db/password`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#remote_key Secret#remote_key}
  */
  readonly remoteKey?: string;
  /**
  * Path of a remote secret in its provider, such as `kv/data/prod/db`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#remote_path Secret#remote_path}
  */
  readonly remotePath?: string;
  /**
  * Version to read; the newest when left out.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#remote_version Secret#remote_version}
  */
  readonly remoteVersion?: string;
  /**
  * How often the value should be replaced, such as `90d`, `12h` or `2w`. What is due is listed; nothing is replaced by itself.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#rotate_every Secret#rotate_every}
  */
  readonly rotateEvery?: string;
  /**
  * Scope it belongs to. When left out of a new one: the one that the token is limited to, else the root of the organization. Another scope moves it in place.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#scope_id Secret#scope_id}
  */
  readonly scopeId?: string;
  /**
  * Where the value lies: `local`, kept by agyn-secrets; `remote`, read from a provider at each start of a workload; `managed`, kept by agyn-secrets in a provider. It follows from the other arguments: with a value, `provider_id` keeps it there. `local` and `managed` without a value keep the one that is there, which moves when the storage changes.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#storage Secret#storage}
  */
  readonly storage?: string;
  /**
  * The value of a local or managed secret, kept encrypted by the API or in a store. It also stands in the Terraform state, in clear text: `value_wo` does not. Terraform normalizes text (NFC); `value_base64` keeps every byte.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#value Secret#value}
  */
  readonly value?: string;
  /**
  * The same for a binary value, in base64.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#value_base64 Secret#value_base64}
  */
  readonly valueBase64?: string;
  /**
  * The same for a binary value, in base64.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#value_base64_wo Secret#value_base64_wo}
  */
  readonly valueBase64Wo?: string;
  /**
  * The value, which never stands in state or plan. It is sent when the secret is made and when `value_wo_version` changes.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#value_wo Secret#value_wo}
  */
  readonly valueWo?: string;
  /**
  * Goes with `value_wo` and `value_base64_wo`: another number sends the value again. When somebody else has changed the value, the next apply sends it again by itself.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#value_wo_version Secret#value_wo_version}
  */
  readonly valueWoVersion?: number;
  /**
  * timeouts block
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#timeouts Secret#timeouts}
  */
  readonly timeouts?: SecretTimeouts;
}
export interface SecretTimeouts {
  /**
  * Limit for creating it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#create Secret#create}
  */
  readonly create?: string;
  /**
  * Limit for deleting it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#delete Secret#delete}
  */
  readonly delete?: string;
  /**
  * Limit for reading it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#read Secret#read}
  */
  readonly read?: string;
  /**
  * Limit for changing it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#update Secret#update}
  */
  readonly update?: string;
}

export function secretTimeoutsToTerraform(struct?: SecretTimeouts | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    create: cdktf.stringToTerraform(struct!.create),
    delete: cdktf.stringToTerraform(struct!.delete),
    read: cdktf.stringToTerraform(struct!.read),
    update: cdktf.stringToTerraform(struct!.update),
  }
}


export function secretTimeoutsToHclTerraform(struct?: SecretTimeouts | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    create: {
      value: cdktf.stringToHclTerraform(struct!.create),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    delete: {
      value: cdktf.stringToHclTerraform(struct!.delete),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    read: {
      value: cdktf.stringToHclTerraform(struct!.read),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    update: {
      value: cdktf.stringToHclTerraform(struct!.update),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class SecretTimeoutsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): SecretTimeouts | cdktf.IResolvable | undefined {
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

  public set internalValue(value: SecretTimeouts | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._create = undefined;
      this._delete = undefined;
      this._read = undefined;
      this._update = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
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
* Represents a {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret agyn_secret}
*/
export class Secret extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "agyn_secret";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a Secret resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the Secret to import
  * @param importFromId The id of the existing Secret that should be imported. Refer to the {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the Secret to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "agyn_secret", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/resources/secret agyn_secret} Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options SecretConfig
  */
  public constructor(scope: Construct, id: string, config: SecretConfig) {
    super(scope, id, {
      terraformResourceType: 'agyn_secret',
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
    this._category = config.category;
    this._description = config.description;
    this._expiresAt = config.expiresAt;
    this._forceDestroy = config.forceDestroy;
    this._name = config.name;
    this._organizationId = config.organizationId;
    this._providerId = config.providerId;
    this._remoteKey = config.remoteKey;
    this._remotePath = config.remotePath;
    this._remoteVersion = config.remoteVersion;
    this._rotateEvery = config.rotateEvery;
    this._scopeId = config.scopeId;
    this._storage = config.storage;
    this._value = config.value;
    this._valueBase64 = config.valueBase64;
    this._valueBase64Wo = config.valueBase64Wo;
    this._valueWo = config.valueWo;
    this._valueWoVersion = config.valueWoVersion;
    this._timeouts.internalValue = config.timeouts;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // category - computed: true, optional: true, required: false
  private _category?: string; 
  public get category() {
    return this.getStringAttribute('category');
  }
  public set category(value: string) {
    this._category = value;
  }
  public resetCategory() {
    this._category = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get categoryInput() {
    return this._category;
  }

  // description - computed: false, optional: true, required: false
  private _description?: string; 
  public get description() {
    return this.getStringAttribute('description');
  }
  public set description(value: string) {
    this._description = value;
  }
  public resetDescription() {
    this._description = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get descriptionInput() {
    return this._description;
  }

  // expires_at - computed: false, optional: true, required: false
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

  // force_destroy - computed: true, optional: true, required: false
  private _forceDestroy?: boolean | cdktf.IResolvable; 
  public get forceDestroy() {
    return this.getBooleanAttribute('force_destroy');
  }
  public set forceDestroy(value: boolean | cdktf.IResolvable) {
    this._forceDestroy = value;
  }
  public resetForceDestroy() {
    this._forceDestroy = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get forceDestroyInput() {
    return this._forceDestroy;
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

  // provider_id - computed: false, optional: true, required: false
  private _providerId?: string; 
  public get providerId() {
    return this.getStringAttribute('provider_id');
  }
  public set providerId(value: string) {
    this._providerId = value;
  }
  public resetProviderId() {
    this._providerId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get providerIdInput() {
    return this._providerId;
  }

  // reference - computed: true, optional: false, required: false
  public get reference() {
    return this.getStringAttribute('reference');
  }

  // remote_key - computed: false, optional: true, required: false
  private _remoteKey?: string; 
  public get remoteKey() {
    return this.getStringAttribute('remote_key');
  }
  public set remoteKey(value: string) {
    this._remoteKey = value;
  }
  public resetRemoteKey() {
    this._remoteKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get remoteKeyInput() {
    return this._remoteKey;
  }

  // remote_path - computed: false, optional: true, required: false
  private _remotePath?: string; 
  public get remotePath() {
    return this.getStringAttribute('remote_path');
  }
  public set remotePath(value: string) {
    this._remotePath = value;
  }
  public resetRemotePath() {
    this._remotePath = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get remotePathInput() {
    return this._remotePath;
  }

  // remote_version - computed: false, optional: true, required: false
  private _remoteVersion?: string; 
  public get remoteVersion() {
    return this.getStringAttribute('remote_version');
  }
  public set remoteVersion(value: string) {
    this._remoteVersion = value;
  }
  public resetRemoteVersion() {
    this._remoteVersion = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get remoteVersionInput() {
    return this._remoteVersion;
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

  // storage - computed: true, optional: true, required: false
  private _storage?: string; 
  public get storage() {
    return this.getStringAttribute('storage');
  }
  public set storage(value: string) {
    this._storage = value;
  }
  public resetStorage() {
    this._storage = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get storageInput() {
    return this._storage;
  }

  // value - computed: false, optional: true, required: false
  private _value?: string; 
  public get value() {
    return this.getStringAttribute('value');
  }
  public set value(value: string) {
    this._value = value;
  }
  public resetValue() {
    this._value = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get valueInput() {
    return this._value;
  }

  // value_base64 - computed: false, optional: true, required: false
  private _valueBase64?: string; 
  public get valueBase64() {
    return this.getStringAttribute('value_base64');
  }
  public set valueBase64(value: string) {
    this._valueBase64 = value;
  }
  public resetValueBase64() {
    this._valueBase64 = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get valueBase64Input() {
    return this._valueBase64;
  }

  // value_base64_wo - computed: false, optional: true, required: false
  private _valueBase64Wo?: string; 
  public get valueBase64Wo() {
    return this.getStringAttribute('value_base64_wo');
  }
  public set valueBase64Wo(value: string) {
    this._valueBase64Wo = value;
  }
  public resetValueBase64Wo() {
    this._valueBase64Wo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get valueBase64WoInput() {
    return this._valueBase64Wo;
  }

  // value_fingerprint - computed: true, optional: false, required: false
  public get valueFingerprint() {
    return this.getStringAttribute('value_fingerprint');
  }

  // value_wo - computed: false, optional: true, required: false
  private _valueWo?: string; 
  public get valueWo() {
    return this.getStringAttribute('value_wo');
  }
  public set valueWo(value: string) {
    this._valueWo = value;
  }
  public resetValueWo() {
    this._valueWo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get valueWoInput() {
    return this._valueWo;
  }

  // value_wo_version - computed: false, optional: true, required: false
  private _valueWoVersion?: number; 
  public get valueWoVersion() {
    return this.getNumberAttribute('value_wo_version');
  }
  public set valueWoVersion(value: number) {
    this._valueWoVersion = value;
  }
  public resetValueWoVersion() {
    this._valueWoVersion = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get valueWoVersionInput() {
    return this._valueWoVersion;
  }

  // version - computed: true, optional: false, required: false
  public get version() {
    return this.getStringAttribute('version');
  }

  // timeouts - computed: false, optional: true, required: false
  private _timeouts = new SecretTimeoutsOutputReference(this, "timeouts");
  public get timeouts() {
    return this._timeouts;
  }
  public putTimeouts(value: SecretTimeouts) {
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
      category: cdktf.stringToTerraform(this._category),
      description: cdktf.stringToTerraform(this._description),
      expires_at: cdktf.stringToTerraform(this._expiresAt),
      force_destroy: cdktf.booleanToTerraform(this._forceDestroy),
      name: cdktf.stringToTerraform(this._name),
      organization_id: cdktf.stringToTerraform(this._organizationId),
      provider_id: cdktf.stringToTerraform(this._providerId),
      remote_key: cdktf.stringToTerraform(this._remoteKey),
      remote_path: cdktf.stringToTerraform(this._remotePath),
      remote_version: cdktf.stringToTerraform(this._remoteVersion),
      rotate_every: cdktf.stringToTerraform(this._rotateEvery),
      scope_id: cdktf.stringToTerraform(this._scopeId),
      storage: cdktf.stringToTerraform(this._storage),
      value: cdktf.stringToTerraform(this._value),
      value_base64: cdktf.stringToTerraform(this._valueBase64),
      value_base64_wo: cdktf.stringToTerraform(this._valueBase64Wo),
      value_wo: cdktf.stringToTerraform(this._valueWo),
      value_wo_version: cdktf.numberToTerraform(this._valueWoVersion),
      timeouts: secretTimeoutsToTerraform(this._timeouts.internalValue),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      category: {
        value: cdktf.stringToHclTerraform(this._category),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      description: {
        value: cdktf.stringToHclTerraform(this._description),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      expires_at: {
        value: cdktf.stringToHclTerraform(this._expiresAt),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      force_destroy: {
        value: cdktf.booleanToHclTerraform(this._forceDestroy),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      name: {
        value: cdktf.stringToHclTerraform(this._name),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      organization_id: {
        value: cdktf.stringToHclTerraform(this._organizationId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      provider_id: {
        value: cdktf.stringToHclTerraform(this._providerId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      remote_key: {
        value: cdktf.stringToHclTerraform(this._remoteKey),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      remote_path: {
        value: cdktf.stringToHclTerraform(this._remotePath),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      remote_version: {
        value: cdktf.stringToHclTerraform(this._remoteVersion),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      rotate_every: {
        value: cdktf.stringToHclTerraform(this._rotateEvery),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      scope_id: {
        value: cdktf.stringToHclTerraform(this._scopeId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      storage: {
        value: cdktf.stringToHclTerraform(this._storage),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      value: {
        value: cdktf.stringToHclTerraform(this._value),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      value_base64: {
        value: cdktf.stringToHclTerraform(this._valueBase64),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      value_base64_wo: {
        value: cdktf.stringToHclTerraform(this._valueBase64Wo),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      value_wo: {
        value: cdktf.stringToHclTerraform(this._valueWo),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      value_wo_version: {
        value: cdktf.numberToHclTerraform(this._valueWoVersion),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      timeouts: {
        value: secretTimeoutsToHclTerraform(this._timeouts.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "SecretTimeouts",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
