package org.idem.cli.theorem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.idem.array.WholeFile;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.ExitCode;
import org.idem.theorem.Theorem;
import org.idem.theorem.Theorems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a theorem to start from. */
@Command(
        name = "new-theorem",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a small theorem of your own to start from.",
            "",
            "Three files are written below the folder: the class of the theorem with its false variants, its property"
                    + " tests, and a page for its proof. They compile and pass as they are; put your own statement in"
                    + " place of theirs. No file is ever replaced."
        },
        footer = {
            "",
            "Exit codes: 0 done; 2 bad usage or input, and nothing was written.",
            "Examples:",
            "  idem new-theorem mine.first --into my-theorems"
        })
public final class NewTheoremCommand implements Callable<Integer> {
    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,59}");

    @Parameters(
            paramLabel = "ID",
            description = "identifier of the theorem: a letter, then letters, digits, dots, underscores and hyphens")
    private String id = "";

    @Option(
            names = "--into",
            required = true,
            paramLabel = "DIR",
            description =
                    "folder of your project, made if it is missing; src/main/java, src/test/java and proofs lie in it")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws IOException {
        if (!ID.matcher(id).matches()) {
            throw new BadInput("ID must be a letter and then at most 59 letters, digits, dots, underscores or hyphens,"
                    + " got '" + id + "'; mine.first, for instance, is one");
        }
        if (Theorems.list().stream().map(Theorem::id).anyMatch(id::equalsIgnoreCase)) {
            throw new BadInput(
                    "ID must be new, but the program has a theorem " + id + "; mine." + id + ", for instance, is new");
        }
        FileArguments.checkFolder("--into", folder);
        String type = type(id);
        Path theorem = folder.resolve("src/main/java/theorems/" + type + "Theorem.java");
        Map<Path, WholeFile.Content> files = new LinkedHashMap<>();
        files.put(theorem, filled("theorem", type));
        files.put(folder.resolve("src/test/java/theorems/" + type + "Properties.java"), filled("properties", type));
        files.put(folder.resolve("proofs/" + id + ".md"), filled("page", type));
        for (Path file : files.keySet()) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new BadInput("ID must have no files yet, but there is " + file
                        + "; another ID, or another folder for --into, has none");
            }
        }
        for (Path file : files.keySet()) {
            FileArguments.checkFolder("--into", Objects.requireNonNull(file.getParent()));
        }
        for (Path file : files.keySet()) {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
        }
        WholeFile.writeAll(files);
        files.keySet().forEach(file -> System.out.println("written        " + file));
        Path classes = folder.resolve("target/classes");
        System.out.println(
                "compile        javac -cp " + quoted(FileArguments.home().resolve("target/idem.jar")) + " -d "
                        + quoted(classes) + " " + quoted(theorem));
        System.out.println("verify         " + quoted(FileArguments.home().resolve("idem")) + " verify --classpath "
                + quoted(classes));
        return ExitCode.DONE;
    }

    /** One word for a shell, whatever the path holds. */
    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }

    /** The words of an identifier, each with a capital: MineFirst for mine.first. */
    private static String type(String id) {
        return Stream.of(id.split("[._-]+"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** A skeleton with the names of this theorem. */
    private WholeFile.Content filled(String skeleton, String type) throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(NewTheoremCommand.class.getResourceAsStream(skeleton + ".txt"))) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            byte[] bytes = text.replace("@CLASS@", type).replace("@ID@", id).getBytes(StandardCharsets.UTF_8);
            return out -> out.write(bytes);
        }
    }
}
