const LEVELS = [1, 2, 3, 4, 5, 6];

/** What the arrangement of panes, editors and reading views needs besides the theme, so that nothing here depends on its looks. */
export const LAYOUT_STYLES = `
.workspace-leaf { width: 100%; height: 100%; overflow: hidden; }
.mod-cm6 .cm-scroller { overflow-y: auto; }
.mod-cm6 .cm-sizer { display: flex; flex-direction: column; width: 100%; min-width: 0; }
.mod-cm6 .cm-contentContainer { display: flex; min-width: 0; }
.mod-cm6 .cm-editor .cm-content { flex: 1 1 0; min-width: 0; padding-bottom: 40vh; }
.markdown-reading-view > .markdown-preview-view { position: relative; overflow-anchor: none; outline: none; }
.markdown-preview-sizer { padding-bottom: 20vh; }
.markdown-preview-pusher { width: 1px; }
.mod-frontmatter { display: none; }
.internal-embed { display: block; }
.markdown-embed-content > .markdown-preview-view { padding: 0; overflow: visible; }
.markdown-embed-content .markdown-preview-sizer { padding-bottom: 0; }
.collapse-indicator { float: inline-start; margin-inline-start: -1.2em; cursor: pointer; opacity: 0; }
:is(h1, h2, h3, h4, h5, h6):hover > .collapse-indicator, .is-collapsed .collapse-indicator { opacity: 1; }
.canvas-node-content {
  position: absolute; inset: 80px auto auto 80px; width: 400px; height: 300px; z-index: 5;
  background: var(--background-primary);
}
.hover-popover { position: fixed; inset: 60px 60px auto auto; width: 450px; max-height: 400px; overflow: auto; z-index: 30; }
@media not print { .print { position: absolute; inset: 0 auto auto 100vw; width: 700px; } }
${LEVELS.map(
  (level) =>
    `.HyperMD-header-${level} { font-size: var(--h${level}-size); font-weight: var(--h${level}-weight); line-height: var(--h${level}-line-height); }`,
).join("\n")}
`;
