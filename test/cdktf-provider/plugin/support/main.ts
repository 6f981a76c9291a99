import { serve } from '../../../../cdktf-provider/plugin/serve.ts'

void serve(async () => (await import('./shelf.ts')).shelf, { address: 'example.com/test/shelf' })
