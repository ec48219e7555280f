package org.idem.report;

import java.util.List;
import java.util.Locale;
import org.idem.theorem.Evidence;
import org.idem.verification.TheoremResult;

/** Discrepancy over budget on logarithmic axes, as an SVG picture. */
final class ScatterPlot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;
    private static final int MARGIN = 72;
    private static final int LEAST = -18;
    private static final int MOST = 0;

    private ScatterPlot() {}

    static String of(List<TheoremResult> results) {
        StringBuilder svg = new StringBuilder(String.format(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"discrepancy against budget\">", WIDTH, HEIGHT));
        for (int decade = LEAST; decade <= MOST; decade += 3) {
            double x = x(decade);
            double y = y(decade);
            svg.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%.1f %d V%d M%d %.1f H%d\" stroke=\"var(--line)\" fill=\"none\"/>",
                    x,
                    MARGIN / 3,
                    HEIGHT - MARGIN,
                    MARGIN,
                    y,
                    WIDTH - 20));
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">1e%d</text><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">1e%d</text>",
                    x,
                    HEIGHT - MARGIN + 20,
                    decade,
                    MARGIN - 8,
                    y + 4,
                    decade));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<path d=\"M%.1f %.1f L%.1f %.1f\" stroke=\"var(--ink)\" stroke-dasharray=\"6 4\" fill=\"none\"/>",
                x(LEAST),
                y(LEAST),
                x(MOST),
                y(MOST)));
        for (TheoremResult result : results) {
            for (TheoremResult.Entry trial : result.entries()) {
                if (trial.evidence() instanceof Evidence.Measured seen && seen.limit() > 0) {
                    svg.append(String.format(
                            Locale.ROOT,
                            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2\" fill=\"none\" stroke=\"%s\" opacity=\".6\"/>",
                            x(Math.log10(seen.limit())),
                            y(Math.log10(seen.ratio() * seen.limit())),
                            seen.holds() ? "var(--blue)" : "#d55e00"));
                }
            }
        }
        return svg.append(String.format(
                        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">error budget</text><text x=\"14\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 14 %d)\">observed discrepancy</text></svg>",
                        WIDTH / 2, HEIGHT - 14, HEIGHT / 2, HEIGHT / 2))
                .append(
                        "<figcaption>Double logarithmic; dashed: discrepancy = budget. Exact agreement is drawn at the lower edge.</figcaption>")
                .toString();
    }

    private static double x(double exponent) {
        return MARGIN + (WIDTH - 20 - MARGIN) * (clamped(exponent) - LEAST) / (MOST - LEAST);
    }

    private static double y(double exponent) {
        return HEIGHT - MARGIN - (HEIGHT - MARGIN - MARGIN / 3.0) * (clamped(exponent) - LEAST) / (MOST - LEAST);
    }

    private static double clamped(double exponent) {
        return Math.max(LEAST, Math.min(MOST, exponent));
    }
}
