package org.idem.cli.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.idem.array.WholeFile;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.argument.OutputFile;
import org.idem.cli.argument.Shards;
import org.idem.cli.argument.ShellWords;
import org.idem.cli.argument.SparkMaster;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.ExitCode;
import org.idem.cli.terminal.Terminal;
import org.idem.execution.Share;
import org.idem.execution.cluster.Cluster;
import org.idem.laboratory.Laboratory;
import org.idem.laboratory.StudyArguments;
import org.idem.laboratory.StudyFile;
import org.idem.laboratory.StudyResults;
import org.idem.laboratory.StudyTables;
import org.idem.laboratory.plan.Census;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Study;
import org.idem.laboratory.run.StudyRunner;
import org.idem.provenance.Provenance;
import org.idem.report.study.StudyReport;
import org.idem.store.StoreException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a grid of networks, measures them and keeps what they do. */
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        description = {
            "Trains a grid of deep networks on the identity task, measures what they make of other images, and writes"
                    + " tables and a report.",
            "",
            "Several values of an option, with commas between them, are an axis of the grid. Each point of the grid is"
                    + " trained from several seeds. Results are kept in a store: the same command goes on where it was"
                    + " interrupted, and a larger grid trains only what is new.",
            "",
            "@FILE takes the arguments from a file: fcn or cnn alone on a line, then one option on each line, as --depth"
                    + " 1,3; after a line [paper-scale], options that replace them at full size; # begins a comment."
                    + " 'idem study figure3 --print > my.study' writes such a file, to be edited."
        },
        footer = {
            "",
            "Exit codes: 0 the grid is done, whatever single networks did; 2 bad usage or input.",
            "Examples:",
            "  idem study --list",
            "  idem study figure3 --plan",
            "  idem study cnn --depth 1,3 --kernel 3,5 --size 8 --seeds 2 --store my-store --csv tables",
            "  idem study fcn --rule sgd,adam --learning-rate 0.1,1e-3 --zip rule,learning-rate --plan",
            "  idem study @my.study --seeds 1 --store my-store"
        })
public final class StudyCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "NAME|fcn|cnn|@FILE",
            description = "a named study, a kind of network, or a file of a study's arguments")
    private @Nullable String what;

    @Option(names = "--list", description = "lists the named studies and trains nothing")
    private boolean list;

    @Option(names = "--print", description = "prints the arguments of a named study, to be edited and run as @FILE")
    private boolean print;

    @Option(names = "--paper-scale", description = "takes a named study's full size, for a cluster")
    private boolean paperScale;

    @Option(
            names = "--zip",
            paramLabel = "A,B",
            description = "walks axes together instead of combining all of their values; may be given several times")
    private List<String> zips = List.of();

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "folder that keeps results (default: reports/studies/NAME beside the program)")
    private @Nullable Path store;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "folder of the report (default: the folder report in the store)")
    private @Nullable Path report;

    @Option(
            names = "--csv",
            paramLabel = "DIR",
            description = "folder for runs.csv, images.csv, steps.csv, layers.csv and theory.csv")
    private @Nullable Path csv;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            converter = OutputFile.class,
            description = "the same tables as Parquet, for pandas or DuckDB: FILE.parquet has the networks, and"
                    + " FILE.images.parquet, FILE.steps.parquet and so on stand beside it")
    private @Nullable Path exported;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "trains only the I-th of N shares of the networks, each of about the same number")
    private @Nullable String shard;

    @Option(
            names = "--spark",
            paramLabel = "MASTER",
            description = "trains on a cluster of Apache Spark, spark://HOST:PORT, or on N threads of Spark here,"
                    + " local[N]; results come into --store")
    private @Nullable String spark;

    @Option(
            names = "--merge",
            paramLabel = "DIR",
            arity = "1..*",
            description = "joins stores into --store and trains nothing")
    private List<Path> merged = List.of();

    @Option(
            names = "--plan",
            description = "prints how many networks there are, and estimates time and memory of the missing ones from"
                    + " a few steps of each shape; keeps nothing")
    private boolean plan;

    private @Nullable StudyExport export;
    private final Instant started = Instant.now();
    private CommandSpec command = CommandSpec.create();

    @Spec
    void specification(CommandSpec specification) {
        command = specification;
        StudyOptions.addTo(specification);
    }

    /** A study, what it is about, and how a message about an option tells where that stands. */
    private record Asked(Study study, String title, UnaryOperator<String> located) {}

    @Override
    public Integer call() throws Exception {
        if (list) {
            requireAlone("--list", Set.of("--list"));
            StudyFile.names().forEach(StudyCommand::printTitle);
            return ExitCode.DONE;
        }
        if (!merged.isEmpty()) {
            return merge();
        }
        if (print) {
            printText();
            return ExitCode.DONE;
        }
        Asked asked = asked();
        Share wanted = share();
        Path folder = store == null ? usualStore(asked.study().name()) : store;
        if (plan) {
            if (spark != null) {
                throw new BadInput("--plan trains nothing and takes no --spark, got --spark " + spark);
            }
            Census census = Fitting.of(() -> new Census(asked.study(), wanted), asked.located());
            new StudyPlan(
                            census,
                            folder,
                            (rows, arrays, page) -> writeReport(
                                    new StudyResults(asked.study().name(), asked.title(), rows.size(), rows, arrays),
                                    page))
                    .print();
        } else {
            train(asked, wanted, folder);
        }
        return ExitCode.DONE;
    }

    private static void printTitle(String name) {
        String title = StudyFile.named(name).orElseThrow().title();
        System.out.printf(Locale.ROOT, "%-18s %s%n", name, title);
    }

    private void printText() throws IOException {
        if ("fcn".equals(what) || "cnn".equals(what)) {
            throw new BadInput("--print is for named studies and @FILE, got " + what
                    + ", whose arguments are those of the command line; idem study --list names studies");
        }
        // the text holds both scales
        requireAlone("--print", Set.of("--print", "--paper-scale", "NAME"));
        System.out.print(NamedStudy.of(what).text());
    }

    /** Trains a share of a study and writes what the store then holds of all of it. */
    private void train(Asked asked, Share wanted, Path folder) throws IOException {
        Study study = asked.study();
        List<Run> runs = Fitting.of(study::runs, asked.located());
        List<Run> share = wanted.of(StudyRunner.distinct(runs));
        Path page = checkedFolders(folder);
        List<Run> missing = missing(folder, share);
        String tooLarge = StudyRunner.tooLarge(missing);
        if (!tooLarge.isEmpty() && (spark == null || SparkMaster.isHere(spark))) {
            throw new BadInput(tooLarge);
        }
        Cluster.Opening cluster = spark == null ? null : SparkMaster.of(spark);
        try (Laboratory laboratory = Laboratory.open(folder)) {
            laboratory.remarks(runs).forEach(remark -> System.err.println("idem: " + remark));
            int held = share.size() - missing.size();
            if (held > 0 && !missing.isEmpty()) {
                System.err.println("idem: " + folder + " holds " + held + " of the " + share.size()
                        + " networks; only the others are trained");
            }
            StudyRunner.Progress progress =
                    (done, all, part) -> Terminal.progress(study.name(), done + " of " + all + " networks", part);
            Interruption.during(folder, () -> {
                if (cluster == null) {
                    laboratory.train(study, share, progress);
                } else {
                    laboratory.train(study, share, cluster, progress, Terminal::progress);
                }
            });
            Terminal.clearProgress();
            write(laboratory.results(study, asked.title(), runs), StudySummary.differing(runs), folder, page);
        }
        if (shard != null) {
            StudySummary.printShare(wanted);
        }
    }

    private static Path usualStore(String name) {
        return FileArguments.home().resolve("reports").resolve("studies").resolve(name);
    }

    private void write(StudyResults results, List<String> varied, Path folder, Path page) throws StoreException {
        try {
            writeFiles(results, folder, page);
        } catch (StoreException refused) {
            throw refused;
        } catch (IOException | UncheckedIOException refused) {
            throw new BadInput("--report, --csv" + (exported == null ? "" : ", --export") + ": " + refused.getMessage()
                    + "; make room or mend access, then give the same command again: what was trained stays");
        }
        StudySummary.print(results, varied);
        StudySummary.printPlaces(folder, csv, export == null ? List.of() : export.files(), page);
    }

    private void writeFiles(StudyResults results, Path folder, Path page) throws IOException {
        List<Path> places = new ArrayList<>(List.of(folder, page));
        StudyTables tables = new StudyTables(results);
        if (csv != null) {
            places.add(csv);
        }
        if (export != null) {
            places.addAll(export.folders());
        }
        for (Path place : places) {
            WholeFile.removeAbandoned(place);
        }
        if (csv != null) {
            tables.write(csv);
        }
        if (export != null) {
            export.write(tables);
        }
        Terminal.progress("report");
        writeReport(results, page);
        Terminal.clearProgress();
    }

    private void writeReport(StudyResults results, Path page) throws IOException {
        StudyReport.write(
                results,
                results.title().isEmpty() ? List.of() : StudyClaims.of(results),
                Provenance.since(FileArguments.home(), started),
                again(),
                page);
    }

    /** The command line that gives the same results. */
    private String again() {
        List<String> words = new ArrayList<>(List.of("idem"));
        for (String word : command.commandLine().getParseResult().originalArgs()) {
            words.add(ShellWords.quoted(word));
        }
        return String.join(" ", words);
    }

    private Integer merge() throws IOException {
        requireAlone("--merge", Set.of("--merge", "--store", "--csv", "--export", "--report"));
        if (store == null) {
            throw new BadInput("--merge needs --store for the joined results, got no --store");
        }
        for (Path one : merged) {
            if (!Files.isDirectory(one)) {
                throw new BadInput("--merge must name folders of stores, got " + one);
            }
        }
        Path page = checkedFolders(store);
        Laboratory joined;
        try {
            joined = Laboratory.join(merged, store, StudySummary::printMerged);
        } catch (IOException wrong) {
            throw new BadInput("--merge, --store: " + wrong.getMessage());
        }
        try (joined) {
            joined.remarks().forEach(remark -> System.err.println("idem: " + remark));
            StudyResults results = joined.results();
            write(results, results.varied(), store, page);
            StudySummary.printMissing(results);
        }
        return ExitCode.DONE;
    }

    /** The report's folder, after all folders are found to be writable. */
    private Path checkedFolders(Path folder) {
        Path page = report == null ? folder.resolve("report") : report;
        FileArguments.checkFolder("--store", folder);
        FileArguments.checkFolder("--report", page, folder);
        if (csv != null) {
            FileArguments.checkFolder("--csv", csv, folder);
        }
        export = StudyExport.of(exported, folder);
        return page;
    }

    /** Refuses options beside one that asks for something else than training. */
    private void requireAlone(String option, Set<String> allowed) {
        if (what != null && !allowed.contains("NAME")) {
            throw new BadInput(option + " takes no study, got '" + what + "'");
        }
        for (OptionSpec given : command.commandLine().getParseResult().matchedOptions()) {
            if (!allowed.contains(given.longestName())) {
                throw new BadInput(option + " takes no " + given.longestName() + ", which would change nothing");
            }
        }
    }

    private Asked asked() throws IOException {
        Map<String, String> given = StudyOptions.given(command);
        if ("fcn".equals(what) || "cnn".equals(what)) {
            if (paperScale) {
                throw new BadInput("--paper-scale is for named studies, got " + what);
            }
            boolean convolutional = "cnn".equals(what);
            String kind = convolutional ? "cnn" : "fcn";
            return new Asked(
                    Fitting.of(() -> new StudyArguments(convolutional, given, zips).study(kind), message -> message),
                    "",
                    message -> message);
        }
        StudyFile file = NamedStudy.of(what);
        Set<String> others = new HashSet<>(given.keySet());
        if (!zips.isEmpty()) {
            others.add("zip");
        }
        UnaryOperator<String> located = message -> file.located(message, paperScale, others);
        return new Asked(
                Fitting.of(() -> file.arguments(paperScale).with(given, zips).study(file.name()), located),
                file.title(),
                located);
    }

    private static List<Run> missing(Path folder, List<Run> share) throws IOException {
        if (!Laboratory.isStore(folder)) {
            return share;
        }
        try (Laboratory laboratory = Laboratory.reading(folder)) {
            return laboratory.missing(share);
        }
    }

    private Share share() {
        return shard == null ? Share.ALL : Shards.of(shard);
    }
}
