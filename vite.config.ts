import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/**
 * Two pages, built apart because they are served from two origins: `vite build` makes the staff app
 * (dist/staff), `vite build --mode portal` the client portal (dist/portal).
 */
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig(({ mode }) => {
  const front = mode === 'portal' ? 'portal' : 'staff'
  const root = here(front === 'portal' ? './ui/portal' : './ui/workspace')
  if (!existsSync(`${root}/index.html`)) throw new Error(`The page ${root}/index.html does not exist.`)
  return {
    root,
    base: '/',
    plugins: [react()],
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    build: {
      outDir: here(`./dist/${front}`),
      emptyOutDir: true,
      target: 'es2022',
      chunkSizeWarningLimit: 700,
      // Our own rooms hold no code that acts by being imported: what a page does not use stays out of it.
      rolldownOptions: {
        treeshake: {
          moduleSideEffects: (id) =>
            !/[\\/](forms|definitions|plugins|engine)[\\/][^?]*\.ts$/.test(id) || id.includes('node_modules'),
        },
        // What the first page needs comes in one file. Left alone it becomes fifty, of a few hundred bytes and a round
        // trip each, because other pages use parts of it too.
        output: { codeSplitting: { groups: [{ name: 'app', tags: ['$initial'] }] } },
      },
      // The page is served under `script-src 'self'`: nothing may be put inline.
      assetsInlineLimit: 0,
    },
    server: {
      host: '127.0.0.1',
      proxy: {
        '/api': process.env.API ?? 'http://127.0.0.1:3000',
        '/forms': process.env.API ?? 'http://127.0.0.1:3000',
      },
    },
  }
})
