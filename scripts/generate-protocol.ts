// Prevents a protocol definition and its TypeScript from drifting apart. Needs no network: buf compiles
// the `.proto`, the installed ts-proto writes the code, and the same input gives the same bytes.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

const options = [
  'esModuleInterop=true',
  'importSuffix=.js',
  // Uint8Array views instead of Buffer copies; int64 fields are small here (versions, list indexes).
  'env=both',
  'forceLong=number',
  'oneof=unions-value',
  // TypeScript enums need code of their own, and `erasableSyntaxOnly` forbids them.
  'enumsAsLiterals=true',
  'unrecognizedEnum=false',
  // A table of methods with their coders, walked by server/rpc-server.ts.
  'outputServices=generic-definitions',
  'outputJsonMethods=false',
  'outputPartialMethods=false',
  'exportCommonSymbols=false',
  'useExactTypes=false',
]

const template = {
  version: 'v2',
  plugins: [
    {
      local: 'node_modules/.bin/protoc-gen-ts_proto',
      out: 'cdktf-provider/plugin/gen',
      opt: options,
    },
  ],
}

execFileSync(
  'node_modules/.bin/buf',
  ['generate', 'cdktf-provider/plugin/proto', '--template', JSON.stringify(template)],
  { cwd: root, stdio: 'inherit' },
)
