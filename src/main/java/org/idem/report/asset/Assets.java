package org.idem.report.asset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.idem.provenance.Versions;

/** Style sheets, scripts and fonts that the page carries inside itself. */
public final class Assets {
    private static final String KATEX = "/META-INF/resources/webjars/katex/";
    private static final Pattern FONT = Pattern.compile("url\\(fonts/([A-Za-z0-9_-]+\\.woff2)\\)");
    private static final Pattern OLDER_FONTS =
            Pattern.compile(",\\s*url\\(fonts/[A-Za-z0-9_-]+\\.(?:woff|ttf)\\) format\\(\"[a-z]+\"\\)");

    private Assets() {}

    /**
     * A text that the program carries.
     *
     * @param beside a class in whose package the text lies
     * @param resource name of its file
     * @return the text
     */
    public static String text(Class<?> beside, String resource) {
        return new String(bytes(beside, resource), StandardCharsets.UTF_8);
    }

    /**
     * Style of the page and of its formulas, fonts inside.
     *
     * @return a style sheet
     */
    public static String style() {
        String folder = KATEX + Versions.of("katex") + "/dist/";
        String formulas = OLDER_FONTS
                .matcher(text(Assets.class, folder + "katex.min.css"))
                .replaceAll("");
        String inlined = FONT.matcher(formulas)
                .replaceAll(font -> Matcher.quoteReplacement("url(data:font/woff2;base64,"
                        + Base64.getEncoder().encodeToString(bytes(Assets.class, folder + "fonts/" + font.group(1)))
                        + ")"));
        return inlined + pageStyle();
    }

    /**
     * Style of the page alone: its colours are declared here, for pictures too.
     *
     * @return a style sheet
     */
    public static String pageStyle() {
        return text(Assets.class, "page.css");
    }

    /**
     * Libraries and the script of the page, in the order in which they run.
     *
     * @return statements in JavaScript, none of which can end a script element
     */
    public static String script() {
        return String.join("\n", drawing()) + "\n"
                + String.join(
                        "\n",
                        library("vega-embed", "vega-embed.min.js"),
                        library("katex", "dist/katex.min.js"),
                        text(Assets.class, "page.js"));
    }

    /**
     * What is needed to draw a picture, in the order in which it runs.
     *
     * @return statements in JavaScript
     */
    public static List<String> drawing() {
        return List.of(
                library("vega", "vega.min.js"),
                library("vega-lite", "vega-lite.min.js"),
                text(Assets.class, "charts.js"));
    }

    /** A library's script, without the comment that names a map beside it and without an end tag. */
    private static String library(String name, String file) {
        return text(Assets.class, "/META-INF/resources/webjars/" + name + "/" + Versions.of(name) + "/" + file)
                .replaceAll("(?m)^//# sourceMappingURL=.*$", "")
                .replace("</script", "<\\/script");
    }

    private static byte[] bytes(Class<?> beside, String resource) {
        try (InputStream in = open(beside, resource)) {
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static InputStream open(Class<?> beside, String resource) throws IOException {
        InputStream in = beside.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException("the program must contain " + resource + ", but does not");
        }
        return in;
    }
}
