const shapes: Readonly<Record<string, string>> = {
  uuid: '[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}',
  time: String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z`,
  token: 'agyn_[0-9A-Za-z]{49}',
  hex: '[0-9a-f]{32}',
  number: String.raw`\d+`,
  ability: 'true|false|unknown',
  text: '.+',
}

const placeholder = /<(\w+)(?: (\w+))?>/g

/** What the placeholders of a run of exchanges stand for. */
export class Names {
  readonly #known = new Map<string, string>()

  constructor(known: Readonly<Record<string, string>> = {}) {
    for (const [name, value] of Object.entries(known)) this.#known.set(name, value)
  }

  get(name: string): string {
    const value = this.#known.get(name)
    if (value === undefined) throw new Error(`Nothing is called ${name} yet.`)
    return value
  }

  /** A request with its placeholders filled in. */
  fill<T>(value: T): T {
    if (value === undefined) return value
    const text = JSON.stringify(value).replace(placeholder, (_, __, name: string) =>
      JSON.stringify(this.get(name)).slice(1, -1),
    )
    return JSON.parse(text) as T
  }

  /**
   * What an answer was expected to be, with everything that matches its shape put in, so that a plain
   * comparison of the two shows every difference.
   */
  expected(pattern: unknown, actual: unknown): unknown {
    if (typeof pattern === 'string') return this.#expectedText(pattern, actual)
    if (Array.isArray(pattern)) {
      return pattern.map((each, index) => this.expected(each, (actual as unknown[])?.[index]))
    }
    if (typeof pattern !== 'object' || pattern === null) return pattern
    return Object.fromEntries(
      Object.entries(pattern).map(([key, each]) => [
        key,
        this.expected(each, (actual as Record<string, unknown> | undefined)?.[key]),
      ]),
    )
  }

  #expectedText(pattern: string, actual: unknown): unknown {
    if (!pattern.match(placeholder)) return pattern
    const named: string[] = []
    const source = pattern
      .split(/(<\w+(?: \w+)?>)/)
      .map((part) => {
        const [, shape, name] = /^<(\w+)(?: (\w+))?>$/.exec(part) ?? []
        if (shape === undefined) return escape(part)
        const known = name === undefined ? undefined : this.#known.get(name)
        if (known !== undefined) return escape(known)
        if (name !== undefined) named.push(name)
        return name === undefined ? `(?:${shapes[shape]})` : `(${shapes[shape]})`
      })
      .join('')
    const found = new RegExp(`^${source}$`, 's').exec(String(actual))
    if (!found) return pattern
    named.forEach((name, index) => this.#known.set(name, found[index + 1] ?? ''))
    return actual
  }
}

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
