package org.idem.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.idem.report.asset.Assets;

/**
 * The colours of the page in one of its dresses.
 *
 * @param name light, dark or print
 * @param colors hexadecimal, by the name of their variable
 */
public record Palette(String name, Map<String, String> colors) {
    private static final Pattern ROOT = Pattern.compile(":root \\{([^}]*)\\}");
    private static final Pattern COLOR = Pattern.compile("(--[a-z0-9]+): (#[0-9a-f]{6});");
    private static final List<String> DRESSES = List.of("light", "dark", "print");
    private static final List<Palette> ALL = read();

    public static List<Palette> all() {
        return ALL;
    }

    private static List<Palette> read() {
        List<Palette> palettes = new ArrayList<>();
        Map<String, String> colors = new HashMap<>();
        Matcher root = ROOT.matcher(Assets.pageStyle());
        while (root.find()) {
            Matcher color = COLOR.matcher(root.group(1));
            while (color.find()) {
                colors.put(color.group(1), color.group(2));
            }
            palettes.add(new Palette(DRESSES.get(palettes.size()), Map.copyOf(colors)));
        }
        return palettes;
    }

    /** Contrast of a colour or a variable, drawn so strongly, with the page; 1 for what is not drawn. */
    public double contrast(String paint, double alpha) {
        return paint == null || paint.equals("transparent") || paint.equals("none")
                ? 1
                : contrast(paint, alpha, "--page");
    }

    /** The same with another background. */
    public double contrast(String paint, double alpha, String background) {
        double[] below = parts(colors.get(background));
        double[] above = parts(paint.startsWith("var(") ? colors.get(paint.substring(4, paint.length() - 1)) : paint);
        double[] seen = new double[3];
        for (int part = 0; part < 3; part++) {
            seen[part] = alpha * above[part] + (1 - alpha) * below[part];
        }
        double one = luminance(seen);
        double other = luminance(below);
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    private static double[] parts(String color) {
        int number = Integer.parseInt(color.substring(1), 16);
        return new double[] {(number >> 16 & 255) / 255.0, (number >> 8 & 255) / 255.0, (number & 255) / 255.0};
    }

    /** Relative luminance of sRGB. */
    private static double luminance(double[] color) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int part = 0; part < 3; part++) {
            double linear = color[part] <= 0.04045 ? color[part] / 12.92 : Math.pow((color[part] + 0.055) / 1.055, 2.4);
            sum += weights[part] * linear;
        }
        return sum;
    }
}
