// Where class-transformer keeps what its decorators said; its index does not hand it out.
declare module 'class-transformer/cjs/storage.js' {
  export { defaultMetadataStorage } from 'class-transformer/types/storage.js';
}
