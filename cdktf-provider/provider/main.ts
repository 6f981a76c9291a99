import { serve } from '../plugin/serve.ts'

void serve(async () => (await import('./provider.ts')).agyn, {
  address: 'registry.terraform.io/agynio/agyn',
})
