package org.idem.report.drawing;

import java.util.Base64;
import java.util.Locale;
import java.util.StringJoiner;

/** Drawings as SVG. */
final class Svg {
    private static final String FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif";

    private final StringBuilder text = new StringBuilder();
    private final boolean alone;

    private Svg(boolean alone) {
        this.alone = alone;
    }

    /** An element of a page, or a document that stands alone. */
    static String of(Sketch sketch, boolean alone) {
        Svg svg = new Svg(alone);
        String size = number(sketch.width()) + " " + number(sketch.height());
        svg.text
                .append("<svg ")
                .append(
                        alone
                                ? "xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(sketch.width())
                                        + "\" height=\"" + number(sketch.height()) + "\" "
                                : "style=\"--natural:" + number(sketch.width()) + "px\" ")
                .append("viewBox=\"0 0 ")
                .append(size)
                .append("\" role=\"img\" aria-label=\"")
                .append(escaped(sketch.alternative()))
                .append("\" font-family=\"")
                .append(FONT)
                .append("\" fill=\"none\">\n");
        if (alone) {
            svg.text.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        }
        sketch.marks().forEach(svg::add);
        return svg.text.append("</svg>\n").toString();
    }

    private void add(Mark mark) {
        if (mark instanceof Mark.Line line) {
            StringJoiner points = new StringJoiner(" ");
            for (int i = 0; i < line.x().length; i++) {
                points.add(number(line.x()[i]) + "," + number(line.y()[i]));
            }
            text.append("<polyline points=\"").append(points).append('"');
            paint("stroke", line.color());
            text.append(" stroke-width=\"").append(number(line.width())).append('"');
            if (!line.dash().isEmpty()) {
                text.append(" stroke-dasharray=\"").append(line.dash()).append('"');
            }
            text.append("/>\n");
        } else if (mark instanceof Mark.Box box) {
            text.append("<rect");
            place(box.x(), box.y(), box.width(), box.height());
            paint("fill", box.fill());
            paint("stroke", box.edge());
            ended("rect", box.tip());
        } else if (mark instanceof Mark.Dot dot) {
            dot(dot);
        } else if (mark instanceof Mark.Text words) {
            text(words);
        } else if (mark instanceof Mark.Pixels image) {
            text.append("<image");
            place(image.x(), image.y(), image.width(), image.height());
            text.append(
                            " preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,")
                    .append(Base64.getEncoder().encodeToString(Raster.png(image)))
                    .append('"');
            ended("image", image.tip());
        }
    }

    private void dot(Mark.Dot dot) {
        double r = dot.radius();
        if (dot.sign() != Mark.Sign.DISC) {
            boolean diamond = dot.sign() == Mark.Sign.DIAMOND;
            text.append("<path d=\"M")
                    .append(number(diamond ? dot.x() : dot.x() - r))
                    .append(' ')
                    .append(number(dot.y() - r))
                    .append(String.format(
                            Locale.ROOT,
                            diamond
                                    ? "l%1$s %1$sl-%1$s %1$sl-%1$s -%1$sz\" stroke-width=\"1.6\""
                                    : "h%1$sv%1$sh-%1$sz\" stroke-width=\"1.6\"",
                            number(diamond ? r : 2 * r)));
            paint("stroke", dot.color());
            ended("path", dot.tip());
        } else {
            text.append("<circle cx=\"")
                    .append(number(dot.x()))
                    .append("\" cy=\"")
                    .append(number(dot.y()))
                    .append("\" r=\"")
                    .append(number(r))
                    .append('"');
            paint("fill", dot.color());
            ended("circle", dot.tip());
        }
    }

    private void text(Mark.Text words) {
        String x = number(words.x());
        String y = number(words.y());
        text.append("<text x=\"").append(x).append("\" y=\"").append(y).append('"');
        if (words.upwards()) {
            text.append(" transform=\"rotate(-90 ")
                    .append(x)
                    .append(' ')
                    .append(y)
                    .append(")\"");
        }
        if (words.anchor() != Mark.Anchor.START) {
            text.append(" text-anchor=\"")
                    .append(words.anchor().name().toLowerCase(Locale.ROOT))
                    .append('"');
        }
        text.append(" font-size=\"").append(number(words.size())).append('"');
        if (words.bold()) {
            text.append(" font-weight=\"600\"");
        }
        paint("fill", words.color());
        text.append('>').append(escaped(words.text())).append("</text>\n");
    }

    private void place(double x, double y, double width, double height) {
        text.append(String.format(
                Locale.ROOT,
                " x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"",
                number(x),
                number(y),
                number(width),
                number(height)));
    }

    private void paint(String attribute, String color) {
        if (!color.isEmpty()) {
            text.append(' ').append(attribute).append("=\"");
            text.append(alone || color.startsWith("#") ? Colors.light(color) : "var(" + color + ")")
                    .append('"');
        }
    }

    private void ended(String element, String tip) {
        if (tip.isEmpty()) {
            text.append("/>\n");
        } else {
            text.append("><title>")
                    .append(escaped(tip))
                    .append("</title></")
                    .append(element)
                    .append(">\n");
        }
    }

    /** A hundredth of a pixel is exact enough. */
    private static String number(double value) {
        double rounded = Math.rint(value * 100) / 100 + 0.0;
        return rounded == Math.rint(rounded) ? String.valueOf((long) rounded) : String.valueOf(rounded);
    }

    private static String escaped(String words) {
        StringBuilder safe = new StringBuilder();
        for (char sign : words.toCharArray()) {
            switch (sign) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                // XML has no word for other control characters
                default -> safe.append(sign < ' ' || Character.isSurrogate(sign) || sign > '\uFFFD' ? ' ' : sign);
            }
        }
        return safe.toString();
    }
}
