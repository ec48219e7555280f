package org.idem.report;

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
     * @param resource a name beside this class, or an absolute place of the class path
     * @return the text
     */
    public static String text(String resource) {
        return new String(bytes(resource), StandardCharsets.UTF_8);
    }

    /**
     * Style of the page and of its formulas, fonts inside.
     *
     * @return a style sheet
     */
    public static String style() {
        String folder = KATEX + Versions.of("katex") + "/dist/";
        String formulas = OLDER_FONTS.matcher(text(folder + "katex.min.css")).replaceAll("");
        String inlined = FONT.matcher(formulas)
                .replaceAll(font -> Matcher.quoteReplacement("url(data:font/woff2;base64,"
                        + Base64.getEncoder().encodeToString(bytes(folder + "fonts/" + font.group(1))) + ")"));
        return inlined + text("page.css");
    }

    /** Libraries and the script of the page, in the order in which they run. */
    static String script() {
        return String.join("\n", drawing()) + "\n"
                + String.join(
                        "\n",
                        library("vega-embed", "vega-embed.min.js"),
                        library("katex", "dist/katex.min.js"),
                        text("page.js"));
    }

    /** What is needed to draw a picture, in the order in which it runs. */
    static List<String> drawing() {
        return List.of(library("vega", "vega.min.js"), library("vega-lite", "vega-lite.min.js"), text("charts.js"));
    }

    /** A library's script, without the comment that names a map beside it and without an end tag. */
    private static String library(String name, String file) {
        return text("/META-INF/resources/webjars/" + name + "/" + Versions.of(name) + "/" + file)
                .replaceAll("(?m)^//# sourceMappingURL=.*$", "")
                .replace("</script", "<\\/script");
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static InputStream open(String resource) throws IOException {
        InputStream in = Assets.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException("the program must contain " + resource + ", but does not");
        }
        return in;
    }
}
