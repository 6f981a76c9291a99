// https://registry.terraform.io/providers/agynio/agyn/latest/docs/ephemeral-resources/workload_env
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktn from 'cdktn';

// Configuration

export interface EphemeralAgynWorkloadEnvConfig extends cdktn.TerraformEphemeralMetaArguments {
  /**
  * Who receives them.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/ephemeral-resources/workload_env#consumer EphemeralAgynWorkloadEnv#consumer}
  */
  readonly consumer: EphemeralAgynWorkloadEnvConsumer;
  /**
  * Organization of the consumer. Else the provider's `organization_id`, else the token's own.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/ephemeral-resources/workload_env#organization_id EphemeralAgynWorkloadEnv#organization_id}
  */
  readonly organizationId?: string;
  /**
  * The workload that starts, as the platform calls it, so that it is known which values it holds.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/ephemeral-resources/workload_env#workload_id EphemeralAgynWorkloadEnv#workload_id}
  */
  readonly workloadId?: string;
}
export interface EphemeralAgynWorkloadEnvConsumer {
  /**
  * Id of the consumer.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/ephemeral-resources/workload_env#id EphemeralAgynWorkloadEnv#id}
  *
  * Please be aware that the id field is automatically added to all resources in Terraform providers using a Terraform provider SDK version below 2.
  * If you experience problems setting this value it might not be settable. Please take a look at the provider documentation to ensure it should be settable.
  */
  readonly id: string;
  /**
  * `agent`, `mcp_server`, `hook`, `llm_provider` or `image_pull_secret`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/ephemeral-resources/workload_env#kind EphemeralAgynWorkloadEnv#kind}
  */
  readonly kind: string;
}

export function ephemeralAgynWorkloadEnvConsumerToTerraform(struct?: EphemeralAgynWorkloadEnvConsumer | cdktn.IResolvable): any {
  if (!cdktn.canInspect(struct) || cdktn.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktn.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdktn.io/docs/concepts/resources#references");
  }
  return {
    id: cdktn.stringToTerraform(struct!.id),
    kind: cdktn.stringToTerraform(struct!.kind),
  }
}


export function ephemeralAgynWorkloadEnvConsumerToHclTerraform(struct?: EphemeralAgynWorkloadEnvConsumer | cdktn.IResolvable): any {
  if (!cdktn.canInspect(struct) || cdktn.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktn.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdktn.io/docs/concepts/resources#references");
  }
  const attrs = {
    id: {
      value: cdktn.stringToHclTerraform(struct!.id),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    kind: {
      value: cdktn.stringToHclTerraform(struct!.kind),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class EphemeralAgynWorkloadEnvConsumerOutputReference extends cdktn.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktn.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktn.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): EphemeralAgynWorkloadEnvConsumer | cdktn.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._id !== undefined) {
      hasAnyValues = true;
      internalValueResult.id = this._id;
    }
    if (this._kind !== undefined) {
      hasAnyValues = true;
      internalValueResult.kind = this._kind;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: EphemeralAgynWorkloadEnvConsumer | cdktn.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._id = undefined;
      this._kind = undefined;
    }
    else if (cdktn.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._id = value.id;
      this._kind = value.kind;
    }
  }

  // id - computed: false, optional: false, required: true
  private _id?: string; 
  public get id() {
    return this.getStringAttribute('id');
  }
  public set id(value: string) {
    this._id = value;
  }
  // Temporarily expose input value. Use with caution.
  public get idInput() {
    return this._id;
  }

  // kind - computed: false, optional: false, required: true
  private _kind?: string; 
  public get kind() {
    return this.getStringAttribute('kind');
  }
  public set kind(value: string) {
    this._kind = value;
  }
  // Temporarily expose input value. Use with caution.
  public get kindInput() {
    return this._kind;
  }
}

/**
* Represents a {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/ephemeral-resources/workload_env agyn_workload_env}
*/
export class EphemeralAgynWorkloadEnv extends cdktn.TerraformEphemeralResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "agyn_workload_env";

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/agynio/agyn/latest/docs/ephemeral-resources/workload_env agyn_workload_env} Ephemeral Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options EphemeralAgynWorkloadEnvConfig
  */
  public constructor(scope: Construct, id: string, config: EphemeralAgynWorkloadEnvConfig) {
    super(scope, id, {
      terraformResourceType: 'agyn_workload_env',
      terraformGeneratorMetadata: {
        providerName: 'agyn',
        providerVersionConstraint: '~> 0.1.0'
      },
      provider: config.provider,
      dependsOn: config.dependsOn,
      count: config.count,
      lifecycle: config.lifecycle,
      forEach: config.forEach
    });
    this._consumer.internalValue = config.consumer;
    this._organizationId = config.organizationId;
    this._workloadId = config.workloadId;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // consumer - computed: false, optional: false, required: true
  private _consumer = new EphemeralAgynWorkloadEnvConsumerOutputReference(this, "consumer");
  public get consumer() {
    return this._consumer;
  }
  public putConsumer(value: EphemeralAgynWorkloadEnvConsumer) {
    this._consumer.internalValue = value;
  }
  // Temporarily expose input value. Use with caution.
  public get consumerInput() {
    return this._consumer.internalValue;
  }

  // env - computed: true, optional: false, required: false
  private _env = new cdktn.StringMap(this, "env");
  public get env() {
    return this._env;
  }

  // env_base64 - computed: true, optional: false, required: false
  private _envBase64 = new cdktn.StringMap(this, "env_base64");
  public get envBase64() {
    return this._envBase64;
  }

  // organization_id - computed: false, optional: true, required: false
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

  // workload_id - computed: false, optional: true, required: false
  private _workloadId?: string; 
  public get workloadId() {
    return this.getStringAttribute('workload_id');
  }
  public set workloadId(value: string) {
    this._workloadId = value;
  }
  public resetWorkloadId() {
    this._workloadId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get workloadIdInput() {
    return this._workloadId;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      consumer: ephemeralAgynWorkloadEnvConsumerToTerraform(this._consumer.internalValue),
      organization_id: cdktn.stringToTerraform(this._organizationId),
      workload_id: cdktn.stringToTerraform(this._workloadId),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      consumer: {
        value: ephemeralAgynWorkloadEnvConsumerToHclTerraform(this._consumer.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "EphemeralAgynWorkloadEnvConsumer",
      },
      organization_id: {
        value: cdktn.stringToHclTerraform(this._organizationId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      workload_id: {
        value: cdktn.stringToHclTerraform(this._workloadId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
