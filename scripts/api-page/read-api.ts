import ts from 'typescript'
import type { Api, ApiType, Callable, Documented, L1Class, Parameter, Property } from './api.ts'

/** Reads what `entry` exports: L2 by name, and L1 in namespaces, as prebuilt providers have it. */
export function readApi(program: ts.Program, entry: string): Api {
  return new Reader(program, entry).read()
}

class Reader {
  readonly #checker: ts.TypeChecker
  readonly #entry: ts.SourceFile
  /** What is exported, by what it stands for. */
  readonly #exported: ReadonlyMap<ts.Symbol, string>

  constructor(program: ts.Program, entry: string) {
    const source = program.getSourceFile(entry)
    const module = source && program.getTypeChecker().getSymbolAtLocation(source)
    if (source === undefined || module === undefined) throw new Error(`${entry} exports nothing.`)
    this.#checker = program.getTypeChecker()
    this.#entry = source
    const names = this.#checker.getExportsOfModule(module)
    this.#exported = new Map(names.map((symbol) => [this.#target(symbol), symbol.name] as const))
  }

  read(): Api {
    const entries = [...this.#exported].sort(([, a], [, b]) => (a < b ? -1 : 1))
    const symbols = entries.map(([symbol]) => symbol)
    const namespaces = entries.filter(([{ flags }]) => flags & ts.SymbolFlags.ValueModule)
    return {
      types: symbols
        .filter(({ flags }) => flags & (ts.SymbolFlags.Type ^ ts.SymbolFlags.TypeParameter))
        .map((symbol) => this.#type(symbol)),
      functions: symbols
        .filter(({ flags }) => flags & ts.SymbolFlags.Function)
        .map((symbol) => this.#callable(symbol)),
      l1: namespaces.flatMap(([symbol, namespace]) => this.#l1(symbol, namespace)),
      providerFunctions: namespaces
        .filter(([, namespace]) => namespace === 'providerFunctions')
        .flatMap(([symbol]) => this.#checker.getExportsOfModule(symbol))
        .flatMap((symbol) => this.#membersOf(symbol).methods),
    }
  }

  #type(symbol: ts.Symbol): ApiType {
    const type = this.#checker.getDeclaredTypeOfSymbol(symbol)
    const isClass = (symbol.flags & ts.SymbolFlags.Class) !== 0
    const { methods, properties } = this.#membersOf(symbol)
    const kindOfInterface = /^I[A-Z]/.test(symbol.name) ? 'interface' : 'struct'
    const kindOfClass = this.#isConstruct(type) ? 'construct' : 'class'
    return {
      name: this.#exported.get(symbol) ?? symbol.name,
      kind: isClass ? kindOfClass : kindOfInterface,
      ...this.#documented(symbol),
      isUnion: type.isUnion(),
      bases: type.isUnion()
        ? type.types.map((each) => this.#text(each))
        : this.#basesOf(type).flatMap(({ symbol: base }) => this.#exported.get(base) ?? []),
      ...(isClass ? this.#ofClass(symbol) : { statics: [] }),
      methods: type.isUnion() ? [] : methods,
      properties: type.isUnion() ? [] : properties,
    }
  }

  #ofClass(symbol: ts.Symbol): Pick<ApiType, 'initializer' | 'statics'> {
    const constructor = symbol.members?.get(ts.InternalSymbolName.Constructor)
    const statics = [...(symbol.exports ?? new Map<string, ts.Symbol>()).values()]
    return {
      initializer: constructor && isPublic(constructor) ? this.#callable(constructor) : undefined,
      statics: statics
        .filter((each) => each.flags & ts.SymbolFlags.Method && isPublic(each))
        .map((each) => this.#callable(each)),
    }
  }

  /** Its own, and those of bases that a user cannot name. */
  #membersOf(symbol: ts.Symbol): Pick<ApiType, 'methods' | 'properties'> {
    const type = this.#checker.getDeclaredTypeOfSymbol(symbol)
    const members = this.#checker.getPropertiesOfType(type).filter((member) => {
      const owner = (member.declarations?.[0]?.parent as { symbol?: ts.Symbol } | undefined)?.symbol
      return isPublic(member) && (owner === symbol || (owner && this.#isHidden(owner)))
    })
    return {
      methods: members
        .filter(({ flags }) => flags & ts.SymbolFlags.Method)
        .map((member) => this.#callable(member)),
      properties: members
        .filter(({ flags }) => flags & (ts.SymbolFlags.Property | ts.SymbolFlags.Accessor))
        .filter((member) => !this.#isNever(member))
        .map((member) => this.#property(member)),
    }
  }

  /** Whether it is ours, written by hand, and not exported. */
  #isHidden(symbol: ts.Symbol): boolean {
    const file = symbol.declarations?.[0]?.getSourceFile().fileName ?? ''
    return /\/l2\/[^/]*$/.test(file) && !this.#exported.has(symbol)
  }

  /** Such as `value?: never`, by which alternatives exclude each other. */
  #isNever(member: ts.Symbol): boolean {
    const type = this.#checker.getNonNullableType(this.#checker.getTypeOfSymbol(member))
    return (type.flags & ts.TypeFlags.Never) !== 0
  }

  #property(symbol: ts.Symbol): Property {
    const type = this.#checker.getTypeOfSymbol(symbol)
    const optional = (symbol.flags & ts.SymbolFlags.Optional) !== 0
    return {
      name: symbol.name,
      type: this.#text(optional ? this.#checker.getNonNullableType(type) : type),
      optional,
      default: this.#tag(symbol, 'default')[0],
      ...this.#documented(symbol),
    }
  }

  #callable(symbol: ts.Symbol): Callable {
    const declaration = symbol.declarations?.[0] as ts.SignatureDeclaration
    const signature = this.#checker.getSignatureFromDeclaration(declaration)
    if (signature === undefined) throw new Error(`${symbol.name} cannot be called.`)
    return {
      name: symbol.name,
      parameters: signature.getParameters().map((parameter) => this.#parameter(parameter)),
      returns: this.#text(signature.getReturnType()),
      ...this.#documented(symbol),
    }
  }

  #parameter(symbol: ts.Symbol): Parameter {
    const declaration = symbol.declarations?.[0] as ts.ParameterDeclaration
    const { name, initializer, questionToken, dotDotDotToken } = declaration
    const optional = initializer !== undefined || questionToken !== undefined
    const given = this.#checker.getTypeOfSymbol(symbol)
    const type = this.#text(optional ? this.#checker.getNonNullableType(given) : given)
    return {
      // One that is taken apart has no name of its own.
      name: !ts.isIdentifier(name)
        ? type.endsWith('Props')
          ? 'props'
          : 'options'
        : `${dotDotDotToken ? '...' : ''}${name.text}`,
      type,
      optional,
      description: this.#documented(symbol).description.replace(/^- /, ''),
    }
  }

  #l1(symbol: ts.Symbol, namespace: string): L1Class[] {
    return this.#checker.getExportsOfModule(symbol).flatMap((each) => {
      if (!(each.flags & ts.SymbolFlags.Class)) return []
      const link = /\{@link\s*(\S+)\s+(\w+)\}/.exec(this.#documented(each).description)
      if (link === null) return []
      const [, url = '', terraformType = ''] = link
      return [{ namespace, name: each.name, terraformType, url }]
    })
  }

  #documented(symbol: ts.Symbol): Documented {
    const text = ts.displayPartsToString(symbol.getDocumentationComment(this.#checker))
    return {
      // The generator closes each comment with a link to the registry.
      description: text.replace(/\s*Docs at Terraform Registry: .*$/, ''),
      examples: this.#tag(symbol, 'example'),
    }
  }

  #tag(symbol: ts.Symbol, name: string): string[] {
    const tags = symbol.getJsDocTags(this.#checker).filter((tag) => tag.name === name)
    return tags.map(({ text }) => ts.displayPartsToString(text).trim())
  }

  #text(type: ts.Type): string {
    const { aliasSymbol, symbol } = type
    const l1 = symbol && this.#namespaceOf(symbol)
    if (l1 !== undefined) return `${l1}.${symbol.name}`
    const hidden = aliasSymbol !== undefined && !this.#exported.has(aliasSymbol)
    const expanded = hidden ? ts.TypeFormatFlags.InTypeAlias : 0
    return this.#checker.typeToString(type, this.#entry, format | expanded)
  }

  /** Of a class of the L1. */
  #namespaceOf(symbol: ts.Symbol): string | undefined {
    if (this.#exported.has(symbol)) return undefined
    for (const [module, name] of this.#exported) {
      if (module.exports?.get(symbol.escapedName) === symbol) return name
    }
    return undefined
  }

  #basesOf(type: ts.Type): ts.BaseType[] {
    return type.isClassOrInterface() ? this.#checker.getBaseTypes(type) : []
  }

  #isConstruct(type: ts.Type): boolean {
    const bases = this.#basesOf(type)
    return bases.some((base) => base.symbol.name === 'Construct' || this.#isConstruct(base))
  }

  #target(symbol: ts.Symbol): ts.Symbol {
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0
    return isAlias ? this.#checker.getAliasedSymbol(symbol) : symbol
  }
}

const format =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType |
  ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope

/** Whether a user may use it: neither private in one way or the other, nor marked as internal. */
function isPublic(symbol: ts.Symbol): boolean {
  const [declaration] = symbol.declarations ?? []
  if (declaration === undefined) return false
  const name = ts.getNameOfDeclaration(declaration)
  if (name !== undefined && ts.isPrivateIdentifier(name)) return false
  if (symbol.getJsDocTags().some(({ name }) => name === 'internal')) return false
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected
  return (ts.getCombinedModifierFlags(declaration) & hidden) === 0
}
