package org.idem.cli.study;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.idem.cli.argument.Nearest;
import org.idem.cli.terminal.BadInput;
import org.idem.laboratory.StudyArguments;
import org.idem.laboratory.StudyFile;
import org.jspecify.annotations.Nullable;

/** Finds the arguments of a study by its name, or reads them from a file. */
final class NamedStudy {
    private static final String FILE_SIGN = "@";
    /** A file of arguments is short; other files are not read to their end. */
    private static final int MOST_BYTES = 1 << 20;

    private NamedStudy() {}

    static StudyFile of(@Nullable String what) throws IOException {
        if (what == null) {
            throw new BadInput(
                    "a study must be named: fcn, cnn, @FILE, or one of " + String.join(", ", StudyFile.names()));
        }
        if (what.startsWith(FILE_SIGN)) {
            return file(what);
        }
        Optional<StudyFile> named = StudyFile.named(what);
        if (named.isEmpty()) {
            List<String> known = new ArrayList<>(StudyFile.names());
            known.add("fcn");
            known.add("cnn");
            throw new BadInput("a study must be fcn, cnn, @FILE or one of " + String.join(", ", StudyFile.names())
                    + ", got '" + what + "'" + Nearest.hint(what, known));
        }
        return named.get();
    }

    private static StudyFile file(String what) throws IOException {
        Path path;
        try {
            path = Path.of(what.substring(FILE_SIGN.length()));
        } catch (InvalidPathException wrong) {
            throw new BadInput(what + ": there is no such file of a study's arguments");
        }
        if (path.toString().isEmpty()) {
            throw new BadInput("@ must be followed by the name of a file of a study's arguments, got nothing");
        }
        if (Files.isDirectory(path)) {
            throw new BadInput(what + ": must be a file of a study's arguments, but is a folder; name a file in it");
        }
        if (!Files.exists(path)) {
            throw new BadInput(what + ": there is no such file of a study's arguments");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new BadInput(what + ": a file of a study's arguments must have at most " + MOST_BYTES + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            StudyFile parsed = StudyFile.parse(name(path), what, text);
            requireKnown(parsed);
            return parsed;
        } catch (CharacterCodingException binary) {
            throw new BadInput(what + ": a file of a study's arguments must be text in UTF-8");
        } catch (IllegalArgumentException wrong) {
            throw new BadInput(String.valueOf(wrong.getMessage()));
        }
    }

    /**
     * Refuses an option that no study has; one that is near another is taken for it, and only the near ones are named.
     */
    private static void requireKnown(StudyFile file) {
        List<String> known = StudyArguments.names(file.quick().convolutional());
        Stream.concat(file.quick().options().keySet().stream(), file.paper().keySet().stream())
                .filter(option -> !known.contains(option))
                .findFirst()
                .ifPresent(option -> {
                    String hint = Nearest.hint(option, known);
                    String rule = "--" + option + " must be an option of "
                            + (file.quick().convolutional() ? "a cnn" : "an fcn")
                            + (hint.isEmpty() ? "; these are " + String.join(", ", known) : hint);
                    throw new BadInput(file.located(rule, true, Set.of()));
                });
    }

    /** The file's name without its ending, unless nothing but dots would be left. */
    private static String name(Path path) {
        String file = path.getFileName().toString();
        String name = file.replaceFirst("\\.[^.]*$", "");
        return name.chars().allMatch(sign -> sign == '.') ? "study-" + file : name;
    }
}
