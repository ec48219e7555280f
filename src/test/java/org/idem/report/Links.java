package org.idem.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links of a page to files beside it. */
final class Links {
    private static final Pattern TO_FILES = Pattern.compile("href=\"([^\"#:]+)\"");

    private Links() {}

    /**
     * Links that lead nowhere.
     *
     * @param page a file
     * @return what they name; empty if every file is there
     */
    static List<String> broken(Path page) throws IOException {
        List<String> broken = new ArrayList<>();
        Matcher links = TO_FILES.matcher(Files.readString(page));
        while (links.find()) {
            if (!Files.isRegularFile(page.resolveSibling(links.group(1)))) {
                broken.add(links.group(1));
            }
        }
        return broken;
    }
}
