package org.idem.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links of a page to files beside it and to places of its own. */
public final class Links {
    private static final Pattern TO_FILES = Pattern.compile("href=\"([^\"#:]+)\"");
    private static final Pattern TO_PLACES = Pattern.compile("href=\"#([^\"]+)\"");

    private Links() {}

    /**
     * Links that lead nowhere.
     *
     * @param page a file
     * @return what they name; empty if every file and every place is there
     * @throws IOException if the page cannot be read
     */
    public static List<String> broken(Path page) throws IOException {
        String text = Files.readString(page);
        List<String> broken = new ArrayList<>();
        Matcher files = TO_FILES.matcher(text);
        while (files.find()) {
            if (!Files.isRegularFile(page.resolveSibling(files.group(1)))) {
                broken.add(files.group(1));
            }
        }
        Matcher places = TO_PLACES.matcher(text);
        while (places.find()) {
            if (!text.contains("id=\"" + places.group(1) + "\"")) {
                broken.add("#" + places.group(1));
            }
        }
        return broken;
    }
}
