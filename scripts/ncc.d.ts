declare module '@vercel/ncc' {
  type Options = { cache?: boolean | string; license?: string; sourceMap?: boolean; quiet?: boolean; minify?: boolean }
  type Output = { code: string; map?: string; assets: Record<string, { source: string | Buffer; permissions?: number }> }
  export default function ncc(entry: string, options?: Options): Promise<Output>
}
