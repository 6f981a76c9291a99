import type { Answer } from '../../../contract/schemas/index.ts'
import { dataSource, list, text } from '../../plugin/index.ts'
import type { Subject } from '../api/api-errors.ts'
import type { Session } from '../api/session.ts'
import { given } from '../given.ts'
import { allPages } from './all-pages.ts'
import { nameFilter } from './listed.ts'

const place = {
  secret_id: text('Id of the secret.').computed(),
  scope_id: text('Scope that it belongs to.').computed(),
  scope_kind: text('Kind of that scope.').computed(),
}

export const effectiveSecrets = dataSource<Session>()({
  type: 'agyn_effective_secrets',
  description:
    'Which secret each name means in a scope, the narrowest that has the name, and what it was preferred to. Never their values.',
  attributes: {
    scope_id: text('The scope, such as that of a project.').required(),
    name: nameFilter,
    names: list('The names that mean a secret there.', 'text').computed(),
    items: list('What they mean, in the order of the names.', {
      name: text('Name of the secret.').computed(),
      ...place,
      storage: text('Where its value lies: `local`, `remote` or `managed`.').computed(),
      passed_over: list(
        'Secrets of the same name in wider scopes, the nearest first.',
        place,
      ).computed(),
    }).computed(),
  },

  async read({ client, config: { scope_id, name }, signal }) {
    const subject: Subject = {
      noun: 'scope',
      type: 'agyn_scope',
      name: scope_id,
      importId: scope_id,
      pathOf: (path) => (path[0] === 'id' ? ['scope_id'] : path),
    }
    const call = { params: { id: scope_id }, query: given({ name }) }
    const found = await allPages(client, 'ExplainScope', call, { subject, signal })
    return { scope_id, name, names: found.map((each) => each.name), items: found.map(toState) }
  },
})

type Effective = Answer<'ExplainScope'>['items'][number]

const toState = ({ name, storage, passedOver, ...preferred }: Effective) => ({
  name,
  ...placeOf(preferred),
  storage,
  passed_over: passedOver.map(placeOf),
})

const placeOf = ({ secretId, scopeId, scopeKind }: Effective['passedOver'][number]) => ({
  secret_id: secretId,
  scope_id: scopeId,
  scope_kind: scopeKind,
})
