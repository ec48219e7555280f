package org.idem.report.drawing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Drawings as PNG. */
final class Raster {
    private static final int SCALE = 2;
    private static final boolean FONTS = lookForFonts();

    private final Graphics2D graphics;

    private Raster(Graphics2D graphics) {
        this.graphics = graphics;
    }

    /** A Java without a font fails in its own ways when it looks for one. */
    private static boolean lookForFonts() {
        try {
            Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
            double width = font(10, false)
                    .getStringBounds("idem", graphics.getFontRenderContext())
                    .getWidth();
            graphics.dispose();
            return width > 0;
        } catch (RuntimeException | InternalError | LinkageError none) {
            return false;
        }
    }

    private static Font font(double size, boolean bold) {
        return new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) size);
    }

    static boolean hasFonts() {
        return FONTS;
    }

    /** A whole drawing on white. */
    static byte[] png(Sketch sketch) {
        int width = (int) Math.ceil(SCALE * sketch.width());
        int height = (int) Math.ceil(SCALE * sketch.height());
        // three bytes a pixel, because the writer copies them all twice
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.scale(SCALE, SCALE);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        Raster raster = new Raster(graphics);
        sketch.marks().forEach(raster::add);
        graphics.dispose();
        return png(picture);
    }

    /** The pixels of an image alone. */
    static byte[] png(Mark.Pixels image) {
        return png(picture(image));
    }

    private static BufferedImage picture(Mark.Pixels image) {
        int columns = image.columns();
        int rows = image.rgb().length / columns;
        BufferedImage picture = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, columns, rows, image.rgb(), 0, columns);
        return picture;
    }

    private static byte[] png(BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // the usual stream keeps a file in the folder for temporary files, whose disk may be full
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(picture, "png", out);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    private void add(Mark mark) {
        if (mark instanceof Mark.Line line) {
            Path2D path = new Path2D.Double();
            for (int i = 0; i < line.x().length; i++) {
                if (i == 0) {
                    path.moveTo(line.x()[i], line.y()[i]);
                } else {
                    path.lineTo(line.x()[i], line.y()[i]);
                }
            }
            graphics.setColor(color(line.color()));
            graphics.setStroke(stroke(line.width(), line.dash()));
            graphics.draw(path);
        } else if (mark instanceof Mark.Box box) {
            Rectangle2D shape = new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height());
            if (!box.fill().isEmpty()) {
                graphics.setColor(color(box.fill()));
                graphics.fill(shape);
            }
            if (!box.edge().isEmpty()) {
                graphics.setColor(color(box.edge()));
                graphics.setStroke(stroke(1, ""));
                graphics.draw(shape);
            }
        } else if (mark instanceof Mark.Dot dot) {
            dot(dot);
        } else if (mark instanceof Mark.Text text) {
            text(text);
        } else if (mark instanceof Mark.Pixels image) {
            graphics.translate(image.x(), image.y());
            BufferedImage picture = picture(image);
            graphics.scale(image.width() / picture.getWidth(), image.height() / picture.getHeight());
            graphics.drawImage(picture, 0, 0, null);
            graphics.scale(picture.getWidth() / image.width(), picture.getHeight() / image.height());
            graphics.translate(-image.x(), -image.y());
        }
    }

    private void dot(Mark.Dot dot) {
        double r = dot.radius();
        graphics.setColor(color(dot.color()));
        if (dot.sign() == Mark.Sign.DISC) {
            graphics.fill(new Ellipse2D.Double(dot.x() - r, dot.y() - r, 2 * r, 2 * r));
            return;
        }
        graphics.setStroke(stroke(1.6, ""));
        if (dot.sign() == Mark.Sign.SQUARE) {
            graphics.draw(new Rectangle2D.Double(dot.x() - r, dot.y() - r, 2 * r, 2 * r));
            return;
        }
        Path2D path = new Path2D.Double();
        path.moveTo(dot.x(), dot.y() - r);
        path.lineTo(dot.x() + r, dot.y());
        path.lineTo(dot.x(), dot.y() + r);
        path.lineTo(dot.x() - r, dot.y());
        path.closePath();
        graphics.draw(path);
    }

    private void text(Mark.Text text) {
        graphics.setFont(font(text.size(), text.bold()));
        graphics.setColor(color(text.color()));
        double length =
                graphics.getFontMetrics().getStringBounds(text.text(), graphics).getWidth();
        double before = switch (text.anchor()) {
            case START -> 0;
            case MIDDLE -> length / 2;
            case END -> length;
        };
        var upright = graphics.getTransform();
        graphics.translate(text.x(), text.y());
        if (text.upwards()) {
            graphics.rotate(-Math.PI / 2);
        }
        graphics.drawString(text.text(), (float) -before, 0);
        graphics.setTransform(upright);
    }

    private static BasicStroke stroke(double width, String dash) {
        float[] lengths = null;
        if (!dash.isEmpty()) {
            double[] parts = Arrays.stream(dash.split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            lengths = new float[parts.length];
            for (int i = 0; i < parts.length; i++) {
                lengths[i] = (float) parts[i];
            }
        }
        return new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, lengths, 0);
    }

    private static Color color(String name) {
        return Color.decode(Colors.light(name));
    }
}
