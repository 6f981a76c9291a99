import { createRequire } from 'node:module'
import { basename, dirname } from 'node:path'
import { Router } from 'express'
import helmet from 'helmet'
import { problems, problemType, type ProblemCode } from '../../contract/problems.ts'

/** The API reference for people: RapiDoc, served from its package, so that nothing is loaded from elsewhere; and what each problem's `type` means. */
export function docsPage(): Router {
  const script = createRequire(import.meta.url).resolve('rapidoc')
  const router = Router()
  router.get('/api/docs', policy, (_, response) => {
    response.type('html').send(page)
  })
  router.get('/api/docs/rapidoc.js', (_, response) => {
    // Without a root, Express finds nothing below a directory such as ~/.npm.
    response.type('js').sendFile(basename(script), { root: dirname(script) })
  })
  for (const [code, problem] of Object.entries(problems)) {
    router.get(problemType(code as ProblemCode), (_, response) => {
      response.json({ code, ...problem })
    })
  }
  return router
}

/** RapiDoc styles itself from within its script. Everything else comes from here or not at all. */
const policy = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'unsafe-inline'"],
    connectSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
})

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>agyn-secrets API</title>
<script type="module" src="/api/docs/rapidoc.js"></script>
<rapi-doc spec-url="/api/openapi.json" render-style="read" theme="light" load-fonts="false"
  show-header="false" schema-style="table" sort-endpoints-by="none" persist-auth="false"
  allow-spec-url-load="false" allow-spec-file-load="false"></rapi-doc>
</html>`
