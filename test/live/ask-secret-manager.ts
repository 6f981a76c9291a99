/** A server that speaks Secret Manager's REST API. */
export interface SecretManagerServer {
  readonly address: string
}

interface Answer {
  readonly name?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly payload?: { readonly data: string }
}

/** Asks the store as somebody else than us; `null` when it refuses. */
export async function askSecretManager(
  { address }: SecretManagerServer,
  method: string,
  target: string,
  body?: object,
): Promise<Answer | null> {
  const response = await fetch(`${address}/v1/projects/my-project${target}`, {
    method,
    headers: { authorization: 'Bearer somebody', 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  const answer = (await response.json()) as Answer
  return response.ok ? answer : null
}
