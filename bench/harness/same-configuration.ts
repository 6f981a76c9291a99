import { isDeepStrictEqual } from 'node:util'

/** Throws unless two outputs declare the same, whatever they call it. */
export function requireSameButForAddresses(one: string, other: string): void {
  if (isDeepStrictEqual(withoutAddresses(one), withoutAddresses(other))) return
  throw new Error('The two stacks declare different things, so their times say nothing.')
}

/** The blocks of an output by kind and type, in an order that does not depend on their addresses. */
function withoutAddresses(output: string): unknown {
  const { '//': _, resource, variable, ...settings } = JSON.parse(byName(output)) as Configuration
  return {
    ...settings,
    variable: bodiesOf(variable),
    resource: Object.entries(resource).map(([type, blocks]) => [type, bodiesOf(blocks)]),
  }
}

/** An output in which references call secrets by their names. */
function byName(output: string): string {
  const { resource } = JSON.parse(output) as Configuration
  return output.replace(/(?<=agyn_secret\.)[\w-]+(?=\.)/g, (address) =>
    String(resource['agyn_secret']?.[address]?.['name']),
  )
}

/** What is in the blocks, less what the framework notes of where they come from. */
const bodiesOf = (blocks: Blocks): string[] =>
  Object.values(blocks)
    .map(({ '//': _, ...body }) => JSON.stringify(body))
    .sort()

interface Configuration {
  readonly '//': unknown
  readonly variable: Blocks
  readonly resource: Readonly<Record<string, Blocks>>
}

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>
