package org.idem.report.drawing;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.idem.report.asset.Assets;

/** What the names of colours mean by light: the first values in the style sheet of pages. */
final class Colors {
    private static final Pattern COLOR = Pattern.compile("(--[a-z0-9]+): (#[0-9a-f]{6});");
    private static final Map<String, String> LIGHT = read();

    private Colors() {}

    private static Map<String, String> read() {
        Map<String, String> colors = new HashMap<>();
        Matcher color = COLOR.matcher(Assets.pageStyle());
        while (color.find()) {
            colors.putIfAbsent(color.group(1), color.group(2));
        }
        return colors;
    }

    /** Hexadecimal digits of a colour. */
    static String light(String color) {
        if (color.startsWith("#")) {
            return color;
        }
        String value = LIGHT.get(color);
        if (value == null) {
            throw new IllegalArgumentException("a colour must be one of " + LIGHT.keySet() + ", got " + color);
        }
        return value;
    }
}
