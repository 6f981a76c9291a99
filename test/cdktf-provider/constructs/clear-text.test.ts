import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clearTextIn,
  type References,
} from '../../../cdktf-provider/constructs/l2/checks/clear-text.ts'

/** A stack in which nothing has a default, and no local is declared. */
const nothing: References = { variableDefault: () => undefined, local: () => undefined }

const kindOf = (rendered: unknown, references: Partial<References> = {}) =>
  clearTextIn(rendered, { ...nothing, ...references })?.kind

describe('clearTextIn', () => {
  // As cdktf and cdktn print what is given beside it, or as Terraform lets it be written.
  it.each([
    '${var.stripe}',
    '${var.settings.token}',
    '${var.c["x"].y}',
    '${var.m.a["b-c"].0}',
    '${var.list.0.1}',
    '${var.list[*].name}',
    '${var.list.*.name}',
    '${var.m[var.key]}',
    '${data.vault_kv.x.data["password"]}',
    '${ephemeral.random_password.p.result}',
    '${random_password.p.result}',
    '${module.vault.token}',
    '${terraform.workspace}',
    '${var.user}:${var.password}',
    '%${var.a}$',
    '${var.a}$${}${var.b}%%{}',
    '${"${var.a}"}',
    '${"${var.a}-${"${var.b}"}"}',
    '${~ var.a ~}',
    '${\n  var.a\r\n\t}',
    '${(var.a)}',
    '${var.boo ? var.a : var.b}',
    '${var.boo ? var.a : null}',
    '${(var.a != null) ? var.a : var.b}',
    '${var.stage == "production" ? var.a : var.b}',
    '${!(var.stage == "production" && var.n + 1 >= 2) || "x" != var.x ? var.a : var.b}',
    '${contains(["a", "b"], var.stage) ? var.a : var.b}',
    '${can(regex("^sk_", var.a)) ? var.a : var.b}',
    '${try(var.c.x, null)}',
    '${coalesce(var.a, "")}',
    '${join("", var.list)}',
    '${join("-", [var.a, var.b,])}',
    '${split(",", var.a)[0]}',
    '${element(var.list, 0)}',
    '${substr(var.a, 0, 8)}',
    '${lookup(var.m, "key")}',
    '${lookup(var.m, "key", null)}',
    '${lookup({"stripe" = var.a}, "stripe")}',
    '${regex("^x(.*)$", var.a)}',
    '${replace(var.pem, "\\\\n", "\\n")}',
    '${trimprefix(trimsuffix(trim(var.a, "xyz"), "end"), "start")}',
    '${textencodebase64(var.a, "UTF-16LE")}',
    '${format("%s:%s%%", var.a, var.b)}',
    '${trimspace(file("/run/secrets/x"))}',
    '${file("${path.module}/token")}',
    '${file("$${path.module}/token")}',
    '${core::filebase64("/run/secrets/x")}',
    '${templatefile("/run/template", {"token" = var.a})}',
    '${uuid()}',
    '${provider::agyn::api_token(var.random)}',
    '${jsonencode({"user" = var.user, password : var.a, "tls" = true, "ca" = null})}',
    '${jsonencode({"live" = var.stage == "production", "token" = var.a})}',
    '${jsonencode({ (var.name) = var.a "${var.x}key" = var.b })}',
    '${merge(var.m, {"x" = var.a})}',
    '${concat(var.list...)}',
    '${[for s in var.list : upper(s)]}',
    '${[for s in var.list : s.token if s.name != "test"][0]}',
    '${[ for key, val in toset(var.l): upper(val)]}',
    '${{ for key, val in var.l: val.name => val }}',
    '${{for name, app in {"stripe" = var.a} : name => app...}}',
    '${[for name in ["stripe", "aws"] : var.tokens[name]]}',
    '${sum([-var.n, var.n * var.m - var.o / var.p % var.q])}',
    '${element(slice(chunklist(var.list, 2)[0], 0, 1), 0)}',
    '${indent(2, bcrypt(var.a, 12))}',
    '${parseint(var.a, 16)}',
    '%{ if var.stage == "production" ~}${var.a}%{~ else }${var.b}%{ endif }',
    '%{ for i, s in var.list }${s}:%{ endfor }',
    '${"%{ if var.boo }${var.a}%{ endif }"}',
  ])('lets %j pass', (expression) => {
    expect(kindOf(expression)).toBeUndefined()
  })

  it.each([
    undefined,
    null,
    '',
    [],
    {},
    [null, ''],
    { token: '${var.a}', ca: null },
    '${null}',
    '${""}',
  ])('finds nothing written in %j', (rendered) => {
    expect(kindOf(rendered)).toBeUndefined()
  })

  it.each([
    ['sk_live_1'],
    ['пароль'],
    ['密码'],
    ['٤٢'],
    ['***'],
    [' '],
    ['$${var.a}'],
    ['$$${var.a}'],
    ['$$$${var.a}'],
    ['%%{ if true }'],
    ['${"sk_live_1"}'],
    ['${-"12345"}'],
    [5432],
    [0],
    [true],
    [false],
    [['${var.a}', 'sk_live_1']],
    [{ user: 'admin', password: '${var.a}' }],
    [{ pin: 1234, password: '${var.a}' }],
  ])('refuses %j, which is a literal', (rendered) => {
    expect(kindOf(rendered)).toBe('literal')
  })

  it.each([
    'sk_${var.a}',
    '${var.a}_live',
    '${var.a}\nб',
    'a $${x} ${var.a}',
    '${var.a}$${x}',
    '${var.a}%%{x}',
    '${var.a}:443',
    'x%{ if var.boo }${var.a}%{ endif }',
  ])('refuses %j, which joins text to a reference', (expression) => {
    expect(kindOf(expression)).toBe('joined')
  })

  it.each([
    '${join("", ["sk_live", var.a])}',
    '${join("sk_live", var.list)}',
    '${var.a != null ? var.a : "literal"}',
    '${(var.a != "x") ? "literal" : var.a}',
    '${true ? false ? var.a : var.b : "x"}',
    '${coalesce(var.a, "lit")}',
    '${try(var.a, "x")}',
    '${base64encode("lit")}',
    '${lookup(var.m, "key", "lit")}',
    '${lookup(var.m, ["key", "lit"]...)}',
    '${replace(var.a, "b", "c")}',
    '${regex(".*", "lit")}',
    '${split(",", "a,b")[0]}',
    '${trimprefix("lit", var.a)}',
    '${format("sk_%s", var.a)}',
    '${format("%%s", var.a)}',
    '${format("%s", "lit")}',
    '${jsonencode({"user" = "admin", "password" = var.a})}',
    '${jsonencode({"nested" = {"list" = [var.a, "x"]}})}',
    '${templatefile("/run/template", {"user" = "admin"})}',
    '${zipmap(["a"], ["b"])["a"]}',
    '${{"stripe" = "lit"}["stripe"]}',
    '${keys({"sk_live" = var.a})[0]}',
    '${core::keys({sk_live = var.a})[0]}',
    '${keys(merge({"sk_live" = var.a}, var.m))[0]}',
    '${[for k, v in {"sk_live" = var.a} : k][0]}',
    '${{for k, v in {"sk_live" = var.a} : "token" => k}["token"]}',
    '${keys({for v in var.list : "sk_live" => v})}',
    '${[for s in ["sk_live"] : s][0]}',
    '${[for s in [for t in ["sk_live"] : t] : s][0]}',
    '${[for s in var.list : "sk_live"]}',
    '${provider::other::echo("lit")}',
    '${upper(join("", ["a", lower("${var.a}-lit")]))}',
    '${upper("l1\\nl2${var.a}")}',
    '${upper("\\"quoted\\" ${var.a}")}',
    '${"\\u0041${var.a}"}',
    '${"$${var.b}${var.a}"}',
    '${"%%{${var.a}n"}',
    '${merge(var.m, {x = "lit"})}',
    '${"12345" + var.n}',
    '%{ if var.boo }lit%{ else }${var.a}%{ endif }',
    '%{ if var.boo }${var.a}%{ else }lit%{ endif }',
    '%{ for s in var.list }lit%{ endfor }',
    '%{ for s in ["lit"] }${s}%{ endfor }',
    '${[ for key, val in {"stripe" = {"token" = "var.a"}}: val.token]}',
  ])('refuses %j, which has text inside', (expression) => {
    expect(kindOf(expression)).toBe('expression')
  })

  it.each([
    '${123456}',
    '${true}',
    '${1 + 1}',
    '${var.boo ? 123456 : 654321}',
    '${var.stage == "production"}',
    '${length("sk_live")}',
    '${md5("")}',
    '${provider::other::constant()}',
    '${[1, 2]}',
    '${1}${2}',
    '${coalesce(var.a, 2027)}',
    '${format("%s%d", var.a, 2027)}',
    '${jsonencode({"password" = var.a, "pin" = 2027})}',
    '${var.boo ? var.a : 2027}',
    '${var.a + 1}',
  ])('refuses %j, in which nothing comes from outside, or a number', (expression) => {
    expect(kindOf(expression)).toBe('expression')
  })

  it.each([
    '${sk_live}',
    '${undefined}',
    '${[ for key, val in toset(var.l): sk_liveval]}',
    '${var}',
    '${local[*]}',
    '${path.sk_live}',
    '${count.sk_live}',
    '${each.value}',
    '${each.sk_live}',
    '${var.a + sk_live}',
    '${[for s in s : s]}',
  ])('refuses %j, which names what the stack does not have', (expression) => {
    expect(kindOf(expression)).toBe('undeclared')
  })

  it.each([
    '${',
    '${}',
    '${var.a',
    '${var.}',
    '${var.a..b}',
    '${var.a b}',
    '${var.a}${',
    '${"sk_live}',
    '${"sk_live\\"}',
    '${"${"}',
    '${(var.a}',
    '${[var.a}',
    '${upper(var.a}',
    '${upper(var.a))}',
    '${provider::x}',
    '${{a var.a}}',
    '${jsonencode({"a"b" = var.a})}',
    '${[ for key, val in toset(var.l): ${upper(val)}]}',
    '${for s in var.l : s}',
    '${var.a /* sk_live */}',
    '${var.a // sk_live\n}',
    '${var.a # sk_live\n}',
    '${<<EOT\nsk_live\nEOT\n}',
    '${var.a\u00a0}',
    '${var.a ? var.b}',
    "${'sk_live'}",
    '%{ if var.boo }${var.a}',
    '%{ if var.boo }${var.a}%{ endfor }',
    '%{ if var.boo }${"%{ endif }"}',
    '${var.a}%{ endif }',
    '${"${var.a}%{ endif }"}',
    '%{ sk_live }',
    '%{',
  ])('refuses %j, which cannot be read', (expression) => {
    expect(kindOf(expression)).toBe('unreadable')
  })

  it.each([
    ['sk_live_1', undefined, ''],
    ['sk_${var.a}', undefined, ', as text beside a reference'],
    ['${var.d}', undefined, ', by the default of the variable `d`'],
    ['${local.outer}', undefined, ', by the local `outer`, by the local `inner`'],
    ['${each.value}', ['x'], ', by its `for_each`'],
  ])('says in words how the text of %j gets there', (rendered, forEach, by) => {
    const local = (name: string) => (name === 'outer' ? '${local.inner}' : 'lit')
    expect(clearTextIn(rendered, { variableDefault: () => 'x', local, forEach })?.by).toBe(by)
  })
})

describe('the default of a variable', () => {
  const withDefault = (value: unknown) => ({ variableDefault: () => value })

  it.each(['x', '-', 0, false, ['', 'x'], { deep: { token: 'x' } }, '${file("/run/secrets/x")}'])(
    'is clear text when it is %j',
    (value) => {
      expect(kindOf('${upper(var.a)}', withDefault(value))).toBe('variable-default')
    },
  )

  it.each([undefined, null, '', [], {}, { token: '', ca: null }])(
    'is none when it is %j',
    (value) => {
      expect(kindOf('${var.a}', withDefault(value))).toBeUndefined()
    },
  )

  it('counts as far as the reference goes into it', () => {
    const references = withDefault({ user: 'admin', token: null, list: ['x', ''] })
    expect(kindOf('${var.a.token}', references)).toBeUndefined()
    expect(kindOf('${var.a["list"][1]}', references)).toBeUndefined()
    expect(kindOf('${var.a.user}', references)).toBe('variable-default')
    expect(kindOf('${var.a.list.0}', references)).toBe('variable-default')
    expect(kindOf('${var.a[var.key]}', references)).toBe('variable-default')
    expect(kindOf('${var.a.missing}', references)).toBe('variable-default')
  })

  it('is no matter where the variable only chooses', () => {
    const references = {
      variableDefault: (name: string) => (name === 'stage' ? 'test' : undefined),
    }
    expect(kindOf('${var.tokens[var.stage]}', references)).toBeUndefined()
    expect(kindOf('${var.stage == "test" ? var.a : var.b}', references)).toBeUndefined()
    expect(kindOf('${file("/run/${var.stage}")}', references)).toBeUndefined()
    expect(kindOf('${var.a}${var.stage}', references)).toBe('variable-default')
  })

  it('has its keys for text where they come out', () => {
    const references = withDefault({ sk_live: '' })
    expect(kindOf('${jsonencode(var.a)}', references)).toBeUndefined()
    expect(kindOf('${keys(var.a)[0]}', references)).toBe('variable-default')
    expect(kindOf('${[for k, v in var.a : k]}', references)).toBe('variable-default')
    expect(kindOf('${[for k, v in var.a : v]}', references)).toBeUndefined()
  })
})

describe('a local', () => {
  const locals = (values: Record<string, unknown>) => ({ local: (name: string) => values[name] })

  it('is what it was declared as', () => {
    const references = locals({
      reference: '${var.a}',
      text: 'lit',
      number: 5432,
      through: '${upper(local.text)}',
      settings: { user: 'admin', password: '${var.a}', list: ['${var.a}', 'x'] },
    })
    expect(kindOf('${local.reference}', references)).toBeUndefined()
    expect(kindOf('${local.settings.password}', references)).toBeUndefined()
    expect(kindOf('${local.settings["list"].0}', references)).toBeUndefined()
    for (const path of [
      'text',
      'number',
      'through',
      'settings',
      'settings.user',
      'settings.list',
    ]) {
      expect(kindOf(`\${local.${path}}`, references)).toBe('local')
    }
  })

  it('has its keys for text where they come out', () => {
    const references = locals({
      tokens: { sk_live: '${var.a}' },
      names: { '${var.b}': '${var.a}' },
    })
    expect(kindOf('${jsonencode(local.tokens)}', references)).toBeUndefined()
    expect(kindOf('${[for k, v in local.tokens : v]}', references)).toBeUndefined()
    expect(kindOf('${keys(local.tokens)}', references)).toBe('local')
    expect(kindOf('${[for k, v in local.tokens : k]}', references)).toBe('local')
    expect(kindOf('${keys(local.names)}', references)).toBeUndefined()
  })

  it('is clear text beside a reference as well', () => {
    const references = locals({ number: 5432, punctuation: '-', reference: '${var.a}' })
    expect(kindOf('${var.a}${local.number}', references)).toBe('local')
    expect(kindOf('${var.a}${local.punctuation}', references)).toBe('local')
    expect(kindOf('${local.reference}:${local.reference}', references)).toBeUndefined()
    expect(kindOf(['${local.reference}', '${local.reference}:'], references)).toBeUndefined()
  })

  it('is followed once when it comes back to itself', () => {
    const references = locals({ a: '${local.b}', b: '${local.a}', c: '${local.c}lit' })
    expect(kindOf('${local.a}', references)).toBeUndefined()
    expect(kindOf('${local.a}${local.c}', references)).toBe('local')
  })

  it('is followed once however often it is named', () => {
    const twice = (name: string) => {
      const next = `\${local.${Number(name) + 1}}`
      return Number(name) < 100 ? next + next : '${var.a}'
    }
    expect(kindOf('${local.0}', { local: twice })).toBeUndefined()
  })

  it('is refused at the end of a chain that is too long to be followed', () => {
    const local = (name: string) => `\${local.l${Number(name.slice(1)) + 1}}`
    expect(kindOf('${local.l0}', { local })).toBe('local')
  })
})

describe('what another stack hands over', () => {
  const references = {
    handedOver: (state: string, output: string) =>
      state === 'shared' && output === 'key' ? clearTextIn('lit', nothing) : undefined,
  }

  it('is clear text when it is there', () => {
    const found = clearTextIn('${data.terraform_remote_state.shared.outputs.key}', {
      ...nothing,
      ...references,
    })
    expect(found).toEqual({ kind: 'handed-over', by: ', by another stack' })
  })

  it.each([
    '${data.terraform_remote_state.shared.outputs.other}',
    '${data.terraform_remote_state.other.outputs.key}',
    '${data.terraform_remote_state.shared}',
  ])('comes from outside when nothing is known of it: %s', (expression) => {
    expect(kindOf(expression, references)).toBeUndefined()
  })
})

describe('`each`', () => {
  const forEach = { stripe: { token: '${var.a}', note: 'hello' } }

  it('is the elements of a map, as far as the path goes', () => {
    expect(kindOf('${each.value.token}', { forEach })).toBeUndefined()
    expect(kindOf('${each.value["token"]}', { forEach })).toBeUndefined()
    expect(kindOf('${each.value.note}', { forEach })).toBe('for-each')
    expect(kindOf('${each.value}', { forEach })).toBe('for-each')
    expect(kindOf('${each.value[each.key]}', { forEach })).toBe('for-each')
  })

  it('has the keys of a map for text where they come out', () => {
    expect(kindOf('${each.key}', { forEach })).toBe('for-each')
    expect(kindOf('${var.tokens[each.key]}', { forEach })).toBeUndefined()
    expect(kindOf('${lookup(var.tokens, each.key, null)}', { forEach })).toBeUndefined()
  })

  it.each([
    '${toset(["one", "two"])}',
    ['one', 'two'],
    '${{ for key, val in [{"name" = "x", "token" = var.a}]: val.name => val }}',
  ])('is text when the `for_each` is %j', (given) => {
    expect(kindOf('${each.value}', { forEach: given })).toBe('for-each')
    expect(kindOf('${each.value.token}', { forEach: given })).toBe('for-each')
  })

  it('has the keys of a map in an expression for text', () => {
    expect(kindOf('${each.key}', { forEach: '${{"sk_live" = var.a}}' })).toBe('for-each')
    expect(kindOf('${each.value}', { forEach: '${{"sk_live" = var.a}}' })).toBeUndefined()
  })

  it.each(['${var.m}', '${toset(var.l)}', '${{ for key, val in var.l: val.name => val }}'])(
    'comes from outside when the `for_each` is %s',
    (given) => {
      expect(kindOf('${each.key}', { forEach: given })).toBeUndefined()
      expect(kindOf('${each.value.token}', { forEach: given })).toBeUndefined()
    },
  )
})

describe('a name', () => {
  const there = ['var.a', 'local.l', 'module.m', 'aws_x.y', 'data.aws_x.y', 'ephemeral.aws_x.y']
  const references = { declares: (address: string) => there.includes(address) }

  it.each(there)('is believed when the stack has %s', (address) => {
    expect(kindOf(`\${${address}.value}`, references)).toBeUndefined()
  })

  it.each(['var.b', 'local.k', 'module.n', 'aws_x.z', 'data.aws_x.z', 'data.y', 'sk_live.y'])(
    'is refused when the stack does not have %s',
    (address) => {
      expect(kindOf(`\${${address}.value}`, references)).toBe('undeclared')
    },
  )

  it('is refused where a framework has glued text to it', () => {
    // What cdktf prints of `iterator.forExpressionForMap(iterator.value, 'sk_live' + iterator.value)`.
    const glued = '${{ for key, val in toset(var.a): val => sk_liveeach.value }}'
    expect(kindOf(glued, references)).toBe('undeclared')
  })
})

describe('any expression', () => {
  /** A text that is nowhere but where it is put. */
  const canary = fc
    .tuple(fc.stringMatching(/^[a-z0-9]{8}$/), fc.string({ unit: 'grapheme', maxLength: 8 }))
    .map(([word, more]) => ({
      word,
      quoted: quote(`Q${word}${more}`),
      text: escape(`Q${word}${more}`),
    }))

  const quote = (text: string) => escape(JSON.stringify(text))
  const escape = (text: string) =>
    text.replace(/[$%]\{/g, (sign) => sign[0] + sign).replace(/[$%]$/, '')

  /** Ways to write an expression around another so that the other's value is part of its own. */
  const around: readonly ((inner: string) => string)[] = [
    (inner) => `(${inner})`,
    (inner) => `\n ${inner}\t`,
    (inner) => `upper(${inner})`,
    (inner) => `"\${${inner}}-\\"{"`,
    (inner) => `"}\${~${inner}~}$"`,
    (inner) => `join("", [var.a, ${inner}])`,
    (inner) => `try(var.a.b["x"], ${inner}, null)`,
    (inner) => `var.stage == "test" ? ${inner} : var.a`,
    (inner) => `var.stage == "test" ? var.a : ${inner}`,
    (inner) => `lookup(var.m, "key", ${inner})`,
    (inner) => `lookup({ key = ${inner}, other = var.a }, "key")`,
    (inner) => `element([var.a, ${inner}], 1)`,
    (inner) => `concat([var.a], [${inner}]...)`,
    (inner) => `split(",", ${inner})[0]`,
    (inner) => `replace(var.a, "x", ${inner})`,
    (inner) => `format("%s", ${inner})`,
    (inner) => `jsonencode({ "a" = var.a, "b" = [${inner}] })`,
    (inner) => `{ a = ${inner} }.a`,
    (inner) => `{ "a" : { b : ${inner} } }["a"].b`,
    (inner) => `keys({ (${inner}) = var.a })[0]`,
    (inner) => `[for s in [${inner}] : s][0]`,
    (inner) => `[for s in var.list : ${inner} if s != "x"]`,
    (inner) => `[for k, v in { "x" = ${inner} } : v]`,
    (inner) => `[for k, v in { (${inner}) = var.a } : k]`,
    (inner) => `{ for v in var.list : v.name => ${inner} }`,
    (inner) => `"%{ if var.boo }\${${inner}}%{ else }\${var.a}%{ endif }"`,
    (inner) => `"%{ for s in [${inner}] }\${s}%{ endfor }"`,
    (inner) => `provider::other::echo(var.a, ${inner})`,
    (inner) => `templatefile("/run/t", { a = ${inner} })`,
  ]

  /** Ways to write an expression around another so that the other only chooses. */
  const choosing: readonly ((inner: string) => string)[] = [
    (inner) => `var.m[${inner}]`,
    (inner) => `data.vault_kv.x.data[${inner}].y`,
    (inner) => `(${inner}) == var.a ? var.a : var.b`,
    (inner) => `contains([${inner}], var.a) ? var.a : var.b`,
    (inner) => `lookup(var.m, ${inner}, null)`,
    (inner) => `split(${inner}, var.a)`,
    (inner) => `replace(var.a, ${inner}, "")`,
    (inner) => `trimprefix(var.a, ${inner})`,
    (inner) => `file(${inner})`,
    (inner) => `jsonencode({ (${inner}) = var.a })`,
    (inner) => `[for s in var.list : s if s == ${inner}]`,
    (inner) => `[for s in [${inner}] : var.m[s]]`,
    (inner) => `"%{ if ${inner} == var.a }\${var.a}%{ endif }"`,
  ]

  const wrap = (wrappers: typeof around, inner: string) =>
    wrappers.reduce((wrapped, wrapper) => wrapper(wrapped), inner)

  const wrappers = fc.array(fc.constantFrom(...around), { maxLength: 12 })

  const answerTo = (rendered: unknown) => clearTextIn(rendered, nothing)

  it('is refused wherever text is put into its value, and the text is not told', () => {
    fc.assert(
      fc.property(canary, wrappers, ({ word, quoted }, outer) => {
        const found = answerTo(`\${${wrap(outer, quoted)}}`)
        expect(found).toBeDefined()
        expect(found?.kind).not.toBe('unreadable')
        expect(JSON.stringify(found)).not.toContain(word)
      }),
      { numRuns: 2000 },
    )
  })

  it('is refused when text stands beside it', () => {
    fc.assert(
      fc.property(canary, wrappers, fc.boolean(), ({ word, text }, outer, before) => {
        const expression = `\${${wrap(outer, 'var.a')}}`
        const found = answerTo(before ? text + expression : expression + text)
        expect(found?.kind).toBe('joined')
        expect(JSON.stringify(found)).not.toContain(word)
      }),
    )
  })

  it('passes when its value is made of references', () => {
    fc.assert(
      fc.property(wrappers, (outer) => {
        expect(answerTo(`\${${wrap(outer, 'var.a')}}`)).toBeUndefined()
      }),
      { numRuns: 2000 },
    )
  })

  it('passes when text in it only chooses', () => {
    fc.assert(
      fc.property(
        canary,
        fc.constantFrom(...choosing),
        fc.array(fc.constantFrom(...choosing, ...around), { maxLength: 8 }),
        ({ quoted }, chooser, outer) => {
          expect(answerTo(`\${${wrap(outer, chooser(quoted))}}`)).toBeUndefined()
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('is answered, whatever it is', () => {
    const signs = fc.constantFrom(
      ...[
        '${',
        '}',
        '%{',
        '"',
        '\\',
        '$',
        '%',
        '(',
        ')',
        '[',
        ']',
        '{',
        '=',
        ',',
        '.',
        ':',
        '?',
        ' ',
      ],
      ...[
        'var.a',
        'x',
        '1',
        'for',
        'in',
        'if',
        'else',
        'endif',
        'endfor',
        '=>',
        '...',
        '==',
        '!',
        '~',
      ],
    )
    const soup = fc.array(signs, { maxLength: 40 }).map((all) => all.join(''))
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ unit: 'binary' }), fc.jsonValue()), (rendered) => {
        const inside = typeof rendered === 'string' ? `\${${rendered}}` : [rendered]
        for (const each of [rendered, inside]) {
          const found = answerTo(each)
          expect(found === undefined || typeof found.by === 'string').toBe(true)
        }
      }),
      { numRuns: 5000 },
    )
  })
})

describe('an attribute', () => {
  const resources: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    'terraform_data.pin': { output: 'sk_live_1' },
    'aws_db.main': { username: 'admin', password: '${random_password.p.result}' },
    'data.http.x': { url: 'https://example.com' },
    'terraform_data.circle': { output: '${terraform_data.circle.output}' },
  }
  const references = {
    written: (address: string, [name = '']: readonly string[]) => resources[address]?.[name],
  }

  it('is text where the stack writes it and nothing else is there', () => {
    expect(clearTextIn('${terraform_data.pin.output}', { ...nothing, ...references })).toEqual({
      kind: 'read-back',
      by: ', by an argument of terraform_data.pin',
    })
    expect(kindOf('${upper(aws_db.main.username)}', references)).toBe('read-back')
    expect(kindOf('${data.http.x.url}', references)).toBe('read-back')
  })

  it('is a name beside what comes from outside', () => {
    for (const beside of ['aws_db.main.password', 'var.password', 'random_password.p.result']) {
      expect(kindOf(`\${aws_db.main.username}:\${${beside}}`, references)).toBeUndefined()
    }
  })

  it('comes from outside where the stack writes nothing, or a reference', () => {
    for (const attribute of ['aws_db.main.arn', 'aws_db.main.password', 'aws_db.other.username']) {
      expect(kindOf(`\${${attribute}}`, references)).toBeUndefined()
    }
    expect(kindOf('${terraform_data.circle.output}', references)).toBeUndefined()
  })

  it('is none of a module, whose outputs are not its arguments', () => {
    const written = () => 'sk_live_1'
    expect(kindOf('${module.vault.token}', { written })).toBeUndefined()
  })
})

describe('a file', () => {
  it.each([
    '${file("assets/key/0A1B/key.pem")}',
    '${trimspace(file("./assets/key/0A1B/key.pem"))}',
    '${filebase64("${path.module}/assets/key/0A1B/key.pem")}',
    '${templatefile("assets/t/0A1B/t.tftpl", {"token" = var.a})}',
  ])('is clear text where the stack takes it along: %s', (expression) => {
    expect(kindOf(expression)).toBe('asset')
  })
})

describe('what nobody writes', () => {
  const often = (text: string) => text.repeat(1_000_000 / text.length)

  it.each([
    ['text', often('a'), 'literal'],
    ['dollars', often('$'), 'literal'],
    ['escapes', often('$${'), 'literal'],
    ['references', often('${var.a}'), undefined],
    ['spaces', `\${${often(' ')}var.a}`, undefined],
    ['backslashes', `\${"${often('\\\\')}"}`, 'literal'],
    ['keys', `\${var.a${often('.x')}}`, undefined],
    ['numbers', `\${var.a${often('.0')}}`, undefined],
    ['negations', `\${${often('!')}var.a}`, 'expression'],
    ['operands', `\${var.a${often(' + var.a')}}`, undefined],
    ['items', `\${[${often('var.a,')}]}`, undefined],
    ['namespaces', `\${a${often('::a')}(var.a)}`, undefined],
    ['directives', often('%{if true}%{endif}'), undefined],
    ['openings', often('${'), 'unreadable'],
    ['quotes', often('${"'), 'unreadable'],
    ['a string without an end', `\${"${often('x')}`, 'unreadable'],
  ])('is read once through: %s, a megabyte of them', (_, expression, kind) => {
    expect(kindOf(expression)).toBe(kind)
  })

  it.each([
    ['parentheses', '(', ')'],
    ['lists', '[', ']'],
    ['objects', '{a=', '}'],
    ['calls', 'upper(', ')'],
    ['templates', '"${', '}"'],
    ['choices', 'var.a ? var.a : ', ''],
    ['loops', '[for s in var.a : ', ']'],
    ['keys', 'var.a[', ']'],
  ])('is refused at a depth of 10,000: %s', (_, open, close) => {
    const deep = `\${${open.repeat(10_000)}var.a${close.repeat(10_000)}}`
    expect(kindOf(deep)).toBe('unreadable')
  })

  it('is refused at a depth of 10,000: directives', () => {
    const deep = '%{ if true }'.repeat(10_000) + '%{ endif }'.repeat(10_000)
    expect(kindOf(deep)).toBe('unreadable')
  })

  it('is refused at a depth of 10,000: lists of the JSON itself', () => {
    let deep: unknown = '${var.a}'
    for (let depth = 0; depth < 10_000; depth += 1) deep = [deep]
    expect(kindOf(deep)).toBe('unreadable')
  })

  it('is read once however loops go over each other', () => {
    const loops = Array.from({ length: 40 }, (_, at) => `[for v${at + 1} in [v${at}, v${at}] : `)
    const nested = `\${[for v0 in var.list : ${loops.join('')}v40${']'.repeat(41)}}`
    expect(kindOf(nested)).toBeUndefined()
  })
})
