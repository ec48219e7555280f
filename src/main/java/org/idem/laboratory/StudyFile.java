package org.idem.laboratory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of a study's arguments: comments, {@code fcn} or {@code cnn}, one option on a line as on the command line, and
 * after a line {@code [paper-scale]} those that replace them at the paper's own scale. In values, {@code ${NAME}}
 * stands for a variable of the environment.
 *
 * @param name of the study
 * @param source how messages call the file
 * @param text the whole file
 * @param title first line of its first comment
 * @param description further lines of that comment, joined
 * @param quick arguments as they stand
 * @param paper options that replace them at the paper's scale
 * @param paperZips axes to be walked together at that scale; those of the quick one if there are none
 * @param lines in which options stand, from 1; those at the paper's scale by their name after {@value #AT_PAPER_SCALE}
 */
public record StudyFile(
        String name,
        String source,
        String text,
        String title,
        String description,
        StudyArguments quick,
        Map<String, String> paper,
        List<String> paperZips,
        Map<String, Integer> lines) {
    private static final String AT_PAPER_SCALE = "[paper-scale]";
    private static final Pattern OPTION = Pattern.compile("--([a-z-]+)");
    private static final String INDEX = "studies/index.txt";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    /** Copies the collections. */
    public StudyFile {
        paper = new LinkedHashMap<>(paper);
        paperZips = List.copyOf(paperZips);
        lines = Map.copyOf(lines);
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
                ? Optional.of(parse(name, name, resource("studies/" + name + ".study")))
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
     * @param source how messages call the file, for instance {@code @my.study}
     * @param text what the file holds
     * @return the arguments, not yet checked against each other
     * @throws IllegalArgumentException in one line that names the line of the file
     */
    public static StudyFile parse(String name, String source, String text) {
        Reading reading = new Reading(source);
        text.lines().forEach(reading::take);
        List<String> comment = reading.comment;
        return new StudyFile(
                name,
                source,
                text,
                comment.isEmpty() ? name : comment.get(0),
                String.join(" ", comment.subList(Math.min(1, comment.size()), comment.size())),
                new StudyArguments(reading.kind().equals("cnn"), reading.quick, reading.quickZips),
                reading.paper,
                reading.paperZips,
                reading.lines);
    }

    /** What was read so far. */
    private static final class Reading {
        private final String source;
        private final List<String> comment = new ArrayList<>();
        private final Map<String, String> quick = new LinkedHashMap<>();
        private final Map<String, String> paper = new LinkedHashMap<>();
        private final List<String> quickZips = new ArrayList<>();
        private final List<String> paperZips = new ArrayList<>();
        private final Map<String, Integer> lines = new HashMap<>();
        private @Nullable String kind;
        private boolean atPaperScale;
        private int number;

        Reading(String source) {
            this.source = source;
        }

        String kind() {
            if (kind == null) {
                throw new IllegalArgumentException(
                        source + ": fcn or cnn must stand alone on a line, before the options; found neither");
            }
            return kind;
        }

        void take(String raw) {
            number++;
            String line = raw.strip();
            if (line.startsWith("#")) {
                if (kind == null) {
                    comment.add(line.substring(1).strip());
                }
            } else if (line.equals(AT_PAPER_SCALE)) {
                atPaperScale = true;
            } else if (kind == null && !line.isEmpty()) {
                if (!line.equals("fcn") && !line.equals("cnn")) {
                    throw wrong("fcn or cnn must stand alone on a line, before the options", line);
                }
                kind = line;
            } else if (!line.isEmpty()) {
                option(line);
            }
        }

        private void option(String line) {
            if (!line.startsWith("--")) {
                throw wrong("a line must be an option such as --depth 1,3, " + AT_PAPER_SCALE + " or a comment", line);
            }
            String[] words = line.substring(2).split("[ \\t=]+", 2);
            String value = words.length > 1 ? words[1].strip() : "yes";
            lines.putIfAbsent((atPaperScale ? AT_PAPER_SCALE : "") + words[0], number);
            if (words[0].equals("zip")) {
                (atPaperScale ? paperZips : quickZips).add(value);
            } else if ((atPaperScale ? paper : quick).put(words[0], value) != null) {
                throw wrong("an option must be given once", "--" + words[0] + " again");
            }
        }

        private IllegalArgumentException wrong(String rule, String found) {
            return new IllegalArgumentException(source + ", line " + number + ": " + rule + ", got '" + found + "'");
        }
    }

    /**
     * A message about an option, with the line in which the option stands.
     *
     * @param message begins with the option that it is about
     * @param paperScale whether at the paper's own scale
     * @param others options that do not come from this file
     * @return the message as it was, if the option does not stand in this file
     */
    public String located(String message, boolean paperScale, Set<String> others) {
        Matcher option = OPTION.matcher(message);
        if (!option.lookingAt() || others.contains(option.group(1))) {
            return message;
        }
        Integer quickLine = lines.get(option.group(1));
        Integer paperLine = paperScale ? lines.get(AT_PAPER_SCALE + option.group(1)) : null;
        Integer line = paperLine == null ? quickLine : paperLine;
        return line == null ? message : source + ", line " + line + ": " + message;
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
                throw new IllegalArgumentException("--" + option + " of " + source + " needs the environment variable "
                        + found.group(1) + "; set it, or give --" + option);
            }
            return Matcher.quoteReplacement(word);
        });
    }
}
