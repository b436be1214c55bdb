namespace AutoDetectSim.Diagnosis.Reports.Html;

/// <summary>The style sheet of the pages: light and dark, wide and narrow. Tables of class cards turn into one card for each row where they would be too wide.</summary>
internal static class HtmlStyle
{
    public const string Text = """
        :root{color-scheme:light dark;--ink:#1c2330;--soft:#566071;--page:#f4f5f8;--card:#fff;--edge:#dfe3e9;--good:#1a7046;--goodfill:#dcf4e6;--bad:#b3261e;--badfill:#fde3e1;--badbar:#eeaaa4;--warn:#7d5200;--warnfill:#fff1d2;--blue:#1f5478}
        @media (prefers-color-scheme:dark){:root{--ink:#e6e9ef;--soft:#a9b3c2;--page:#12161d;--card:#1b212b;--edge:#343d4b;--good:#74d6a4;--goodfill:#173828;--bad:#ff9d95;--badfill:#45201d;--badbar:#8d3d36;--warn:#ffcf70;--warnfill:#3a2d0d;--blue:#8fcaf0}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
        main{max-width:66rem;margin:0 auto;padding:1rem}
        header,section{background:var(--card);border:1px solid var(--edge);border-radius:12px;padding:1.1rem 1.4rem;margin:0 0 1rem}
        header{border-left:8px solid var(--warn)}
        header.healthy{border-left-color:var(--good)}
        header.broken,header.intermittent{border-left-color:var(--bad)}
        h1{font-size:1.7rem;line-height:1.2;margin:.3rem 0 .5rem}
        h2{font-size:1.25rem;line-height:1.3;margin:0 0 .6rem}
        h3{font-size:1.02rem;margin:1.3rem 0 .4rem}
        .customer h3{margin:.8rem 0 .1rem}
        p{margin:.4rem 0}
        .lead{font-size:1.08rem}
        .customer p{max-width:48rem}
        .small{color:var(--soft);font-size:.87rem}
        .badge{display:inline-block;margin:0;padding:.1rem .6rem;border-radius:999px;font-size:.82rem;font-weight:600;background:var(--warnfill);color:var(--warn);vertical-align:middle}
        .healthy .badge,.badge.healthy{background:var(--goodfill);color:var(--good)}
        .broken .badge,.intermittent .badge,.badge.broken,.badge.intermittent{background:var(--badfill);color:var(--bad)}
        ul,ol{padding-left:1.25rem;margin:.4rem 0}
        li{margin:.3rem 0}
        .warn{background:var(--warnfill)}
        .columns{display:grid;gap:1rem 2rem;grid-template-columns:minmax(0,1fr) minmax(0,1fr);align-items:start}
        .columns h3:first-child{margin-top:.3rem}
        figure{margin:.5rem 0}
        figcaption{color:var(--soft);font-size:.85rem;margin-top:.3rem}
        svg{width:100%;height:auto;display:block}
        svg text{fill:currentColor;font-size:13.5px;font-weight:600;text-anchor:middle}
        svg text.note{font-size:11.5px;font-weight:400}
        svg .neutral rect{fill:var(--page);stroke:var(--soft)}
        svg .good rect{fill:var(--goodfill);stroke:var(--good)}
        svg .bad rect{fill:var(--badfill);stroke:var(--bad)}
        svg .mixed rect{fill:var(--warnfill);stroke:var(--warn)}
        svg.timeline rect.good{fill:var(--good)}
        svg.timeline rect.bad{fill:var(--bad)}
        svg.timeline text{font-size:7px;font-weight:400;text-anchor:end;fill:var(--soft)}
        svg .line{stroke:var(--soft);fill:none}
        .bars{list-style:none;padding:0}
        .bars li{display:grid;grid-template-columns:minmax(0,1.3fr) minmax(3rem,1fr) max-content;gap:.6rem;align-items:center;margin:.3rem 0;font-size:.92rem;line-height:1.25}
        .bar{display:block;background:var(--badbar);border-radius:4px;height:.85rem;overflow:hidden;border:1px solid var(--edge);min-width:3px}
        .bar span{display:block;height:100%;background:var(--good)}
        .value{text-align:right;font-variant-numeric:tabular-nums;min-width:3.2rem}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:.92rem}
        th,td{border-bottom:1px solid var(--edge);padding:.4rem .5rem;text-align:left;vertical-align:top}
        thead th{color:var(--soft);font-weight:600;white-space:nowrap}
        thead th,td.passes,td.fails{overflow-wrap:break-word}
        tbody th{font-weight:600}
        tr.bad th{color:var(--bad)}
        tr.good th{color:var(--good)}
        td.passes{color:var(--good);font-weight:600}
        td.fails{color:var(--bad);font-weight:600}
        .headers th{width:30%}
        .client{font-weight:600;margin-top:.8rem}
        .chain,.answer{border-left:4px solid var(--edge);padding-left:.9rem;margin:1.3rem 0 0}
        .chain h3{margin-top:0}
        .chain.good{border-left-color:var(--good)}
        .chain.bad{border-left-color:var(--bad)}
        .missing{background:var(--badfill);border-radius:8px;padding:.5rem .75rem}
        .presented{font-size:.92rem}
        code,pre{font:.88em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
        pre{white-space:pre-wrap;background:var(--page);border:1px solid var(--edge);border-radius:8px;padding:.6rem .75rem;margin:.5rem 0}
        summary{cursor:pointer;color:var(--blue);margin:.4rem 0}
        dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.1rem .9rem;margin:.4rem 0 .6rem;font-size:.9rem}
        dt{color:var(--soft)}
        .missing dt{color:inherit;font-weight:600}
        dd{margin:0}
        footer{max-width:66rem;margin:0 auto;padding:0 1rem 2rem;color:var(--soft);font-size:.85rem}
        @media (max-width:46rem){
        main{padding:.5rem}
        header,section{padding:.9rem .9rem;border-radius:9px}
        .columns{grid-template-columns:minmax(0,1fr)}
        .cards thead{display:none}
        .cards,.cards tbody,.cards tr,.cards th,.cards td{display:block;width:auto}
        .cards tr{border-bottom:1px solid var(--edge);padding:.45rem 0}
        .cards th,.cards td{border:0;padding:.1rem 0}
        .cards td[data-label]{display:grid;grid-template-columns:7.5rem minmax(0,1fr);gap:.6rem}
        .cards td[data-label]::before{content:attr(data-label);color:var(--soft);font-weight:400}
        .cards td:empty{display:none}
        dl{grid-template-columns:minmax(0,1fr)}
        dd{margin-bottom:.3rem}
        }
        @media print{body{background:#fff}header,section{break-inside:avoid-page}}
        """;
}
