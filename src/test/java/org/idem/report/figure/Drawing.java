package org.idem.report.figure;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.idem.report.asset.Assets;

/** Pictures drawn by the scripts that reports carry, without a browser. */
public final class Drawing {
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true);
    private static final Drawing ONE = new Drawing();

    private final Value draw;

    private Drawing() {
        Context context = Context.newBuilder("js")
                .option("engine.WarnInterpreterOnly", "false")
                .build();
        // what scripts of pictures expect of a browser
        context.eval(
                "js",
                "globalThis.structuredClone = value => value === undefined ? value : JSON.parse(JSON.stringify(value));"
                        + "globalThis.setTimeout = work => { work(); };");
        Assets.drawing().forEach(script -> context.eval("js", script));
        context.eval("js", Assets.text(Drawing.class, "draw.js"));
        draw = context.getBindings("js").getMember("draw");
    }

    /** The picture of a width in pixels. */
    public static synchronized Picture of(Chart chart, int width) throws IOException {
        Value answer = ONE.draw.execute(chart.json(), width);
        if (answer.hasMember("failure")) {
            throw new AssertionError(answer.getMember("failure").asString());
        }
        return JSON.readValue(answer.getMember("picture").asString(), Picture.class);
    }

    /** What was drawn; coordinates are pixels, from the top left. */
    public record Picture(double width, double height, Box plot, List<Axis> axes, List<Mark> marks, List<Text> texts) {}

    /** A rectangle. */
    public record Box(double x1, double y1, double x2, double y2) {
        public boolean overlaps(Box other) {
            return x1 < other.x2 && other.x1 < x2 && y1 < other.y2 && other.y1 < y2;
        }
    }

    /** One axis with its labels. */
    public record Axis(String orient, List<Label> labels, boolean discrete) {}

    /** Label of an axis. */
    public record Label(
            double x1,
            double y1,
            double x2,
            double y2,
            String role,
            String text,
            boolean shown,
            String fill,
            Object value) {}

    /** Any text. */
    public record Text(
            double x1, double y1, double x2, double y2, String role, String text, boolean shown, String fill) {
        public Box box() {
            return new Box(x1, y1, x2, y2);
        }
    }

    /** Anything else. */
    public record Mark(
            double x1,
            double y1,
            double x2,
            double y2,
            String role,
            String type,
            String fill,
            String stroke,
            double alpha,
            double fillAlpha,
            double strokeAlpha,
            double strokeWidth,
            String reference,
            double x,
            double y,
            boolean clip) {}
}
