import type { Subject } from './api-errors.ts'
import type { Session } from './session.ts'

/**
 * The scope that holds what belongs to a whole organization; undefined when the token does not see the
 * organization. Asked once for each organization and run: it never changes.
 */
export function rootScopeId(
  session: Session,
  organizationId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  let roots = known.get(session)
  if (!roots) known.set(session, (roots = new Map()))
  let root = roots.get(organizationId)
  if (!root) {
    root = ask(session, organizationId, signal)
    roots.set(organizationId, root)
    // Of a failure the next one asks again.
    root.catch(() => roots.delete(organizationId))
  }
  return root
}

const known = new WeakMap<Session, Map<string, Promise<string | undefined>>>()

async function ask(session: Session, id: string, signal: AbortSignal): Promise<string | undefined> {
  const subject: Subject = {
    noun: 'organization',
    type: 'agyn_organization',
    name: id,
    importId: id,
  }
  const options = { subject, signal, organizationId: undefined }
  return (await session.find('GetOrganization', { params: { id } }, options))?.rootScopeId
}
