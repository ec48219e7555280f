package org.idem.laboratory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of a study's arguments: comments, {@code fcn} or {@code cnn}, one option on a line as on the command line, and
 * after a line {@code [paper-scale]} those that replace them at the paper's own scale. In values, {@code ${NAME}}
 * stands for a variable of the environment.
 *
 * @param name of the study
 * @param text the whole file
 * @param title first line of its first comment
 * @param description further lines of that comment, joined
 * @param quick arguments as they stand
 * @param paper options that replace them at the paper's scale
 * @param paperZips axes to be walked together at that scale; those of the quick one if there are none
 */
public record StudyFile(
        String name,
        String text,
        String title,
        String description,
        StudyArguments quick,
        Map<String, String> paper,
        List<String> paperZips) {
    private static final String INDEX = "studies/index.txt";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    /** Copies the collections. */
    public StudyFile {
        paper = new LinkedHashMap<>(paper);
        paperZips = List.copyOf(paperZips);
    }

    /**
     * Names of the studies that come with the program.
     *
     * @return in the order in which they are listed
     */
    public static List<String> names() {
        return resource(INDEX).lines().filter(line -> !line.isBlank()).toList();
    }

    /**
     * A study that comes with the program.
     *
     * @param name one of {@link #names}
     * @return empty if there is none of this name
     */
    public static Optional<StudyFile> named(String name) {
        return names().contains(name)
                ? Optional.of(parse(name, resource("studies/" + name + ".study")))
                : Optional.empty();
    }

    private static String resource(String file) {
        try (InputStream in = StudyFile.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new IllegalStateException("the program's own " + file + " cannot be read", broken);
        }
    }

    /**
     * Reads a file.
     *
     * @param name of the study
     * @param text what the file holds
     * @return the arguments, not yet checked against each other
     * @throws IllegalArgumentException in one line that names the line of the file
     */
    public static StudyFile parse(String name, String text) {
        List<String> comment = new ArrayList<>();
        Map<String, String> quick = new LinkedHashMap<>();
        Map<String, String> paper = new LinkedHashMap<>();
        List<String> quickZips = new ArrayList<>();
        List<String> paperZips = new ArrayList<>();
        String kind = null;
        boolean atPaperScale = false;
        int number = 0;
        for (String raw : text.lines().toList()) {
            number++;
            String line = raw.strip();
            if (line.startsWith("#")) {
                if (kind == null) {
                    comment.add(line.substring(1).strip());
                }
            } else if (line.equals("[paper-scale]")) {
                atPaperScale = true;
            } else if (kind == null && (line.equals("fcn") || line.equals("cnn"))) {
                kind = line;
            } else if (!line.isEmpty()) {
                if (kind == null || !line.startsWith("--")) {
                    throw new IllegalArgumentException(name + ", line " + number + ": a study's file must have fcn or"
                            + " cnn first, then options such as --depth 1,3, got '" + line + "'");
                }
                option(name, number, line, atPaperScale ? paper : quick, atPaperScale ? paperZips : quickZips);
            }
        }
        if (kind == null) {
            throw new IllegalArgumentException(name + ": a study's file must have a line fcn or cnn, found none");
        }
        return new StudyFile(
                name,
                text,
                comment.isEmpty() ? name : comment.get(0),
                String.join(" ", comment.subList(Math.min(1, comment.size()), comment.size())),
                new StudyArguments(kind.equals("cnn"), quick, quickZips),
                paper,
                paperZips);
    }

    private static void option(String name, int number, String line, Map<String, String> options, List<String> zips) {
        String[] words = line.substring(2).split("[ \\t=]+", 2);
        String value = words.length > 1 ? words[1].strip() : "yes";
        if (words[0].equals("zip")) {
            zips.add(value);
        } else if (options.put(words[0], value) != null) {
            throw new IllegalArgumentException(
                    name + ", line " + number + ": an option must be given once, got --" + words[0] + " again");
        }
    }

    /**
     * The arguments at a scale.
     *
     * @param paperScale whether at the paper's own scale
     * @return with the values of environment variables
     * @throws IllegalArgumentException in one line if a variable is not set
     */
    public StudyArguments arguments(boolean paperScale) {
        StudyArguments chosen = paperScale ? quick.with(paper, paperZips) : quick;
        Map<String, String> expanded = new LinkedHashMap<>();
        chosen.options().forEach((option, value) -> expanded.put(option, expanded(option, value)));
        return chosen.with(expanded, List.of());
    }

    private String expanded(String option, String value) {
        Matcher variable = VARIABLE.matcher(value);
        return variable.replaceAll(found -> {
            String word = System.getenv(found.group(1));
            if (word == null || word.isEmpty()) {
                throw new IllegalArgumentException("--" + option + " of " + name + " needs the environment variable "
                        + found.group(1) + "; set it, or give --" + option);
            }
            return Matcher.quoteReplacement(word);
        });
    }
}
