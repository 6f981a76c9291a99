/** What a token is asked for. Secret Manager has no narrower one: https://cloud.google.com/secret-manager/docs/access-control */
export const scope = 'https://www.googleapis.com/auth/cloud-platform'
