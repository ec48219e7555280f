package org.idem.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.idem.array.WholeFile;
import org.idem.check.Account;
import org.idem.check.CheckResult;
import org.idem.network.Cnn;
import org.idem.network.Horizon;
import org.idem.network.LinearMap;
import org.idem.provenance.Provenance;
import org.idem.report.asset.Assets;
import org.idem.report.asset.Template;
import org.idem.report.figure.Figure;
import org.idem.report.figure.Numbers;
import org.idem.report.figure.OutputsFigure;
import org.idem.report.figure.Table;
import org.idem.wording.Count;

/**
 * The check of one network as a page and as a document for programs.
 *
 * @param result result of the check
 * @param command command line that gives it again
 * @param provenance when, where and by which version it was made
 */
public record CheckReport(CheckResult result, String command, Provenance provenance) {
    private static final int SCHEMA = 2;

    /**
     * Writes index.html, which opens by itself and offline, and the CSV files of its tables.
     *
     * @param folder made if it is missing
     * @throws IOException if it cannot be written
     */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Table table : List.of(parts(), figure().table())) {
            table.write(folder);
        }
        WholeFile.write(folder.resolve("index.html"), Template.rendered("check.jte", this));
    }

    /**
     * Writes the result for programs; the same input gives the same bytes.
     *
     * @param file target
     * @throws IOException if it cannot be written
     */
    public void writeJson(Path file) throws IOException {
        ObjectNode root = JsonResults.document(SCHEMA);
        root.put("command", command);
        root.put("verdict", result.verdict().toString());
        root.put("reason", result.reason());
        root.put("precision", result.precision().toString());
        root.put("falseRefutation", result.failure());
        write(result.account(), root.putObject("settings"));
        ArrayNode parts = root.putArray("parts");
        for (CheckResult.Part part : result.parts()) {
            ObjectNode node = parts.addObject().put("name", part.name());
            put(node, "deviation", part.deviation());
            put(node, "ratio", part.ratio());
        }
        root.put("worst", result.place());
        ArrayNode outputs = root.putArray("outputs");
        for (double ratio : result.outputs()) {
            outputs.add(Double.isFinite(ratio) ? outputs.numberNode(ratio) : outputs.nullNode());
        }
        CheckResult.Cause cause = result.cause();
        if (cause == null) {
            root.putNull("cause");
        } else {
            write(cause, root.putObject("cause"));
        }
        ArrayNode others = root.putArray("alternatives");
        result.causes().stream().skip(1).forEach(other -> write(other, others.addObject()));
        ArrayNode untested = root.putArray("untested");
        result.untested().forEach(one -> write(one, untested.addObject()));
        ArrayNode notes = root.putArray("notes");
        result.notes().forEach(notes::add);
        WholeFile.write(file, JsonResults.text(root));
    }

    private static void write(Account account, ObjectNode settings) {
        settings.put("loss", account.problem().loss().toString())
                .put("learningRate", account.optimizer().learningRate())
                .put("momentum", account.optimizer().momentum())
                .put("nesterov", account.optimizer().nesterov())
                .put("weightDecay", account.optimizer().weightDecay());
        if (account.horizon() instanceof Horizon.Steps steps) {
            settings.put("steps", steps.count());
        } else {
            settings.putNull("steps");
        }
    }

    private static void write(CheckResult.Cause cause, ObjectNode node) {
        node.put("kind", cause.kind());
        ArrayNode kinds = node.putArray("kinds");
        cause.kinds().forEach(kinds::add);
        node.put("words", cause.words());
        put(node, "ratio", cause.ratio());
        node.put("explains", cause.explains());
    }

    /** JSON has no infinity. */
    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    String style() {
        return Assets.style();
    }

    String script() {
        return Assets.script();
    }

    String subtitle() {
        Account account = result.account();
        LinearMap network = account.problem().map();
        int examples = account.problem().examples();
        String bias = network.bias() ? ", with bias" : "";
        String architecture = network instanceof Cnn cnn
                ? "CNN, kernel " + cnn.kernel() + "×" + cnn.kernel() + ", " + cnn.channels() + " to "
                        + Count.of(cnn.outputs(), "channel") + ", padding "
                        + cnn.padding().toString().toLowerCase(Locale.ROOT)
                : "FCN, " + network.fanIn() + " to " + network.outputs();
        return architecture + bias + " · " + Count.of(examples, "example") + " · " + result.precision();
    }

    String word() {
        return result.verdict().toString();
    }

    /** Class of the badge. */
    String tone() {
        return switch (result.verdict()) {
            case CONFIRMED -> "good";
            case REFUTED -> "bad";
            case UNDECIDED -> "open";
        };
    }

    /** What explains the network, the likeliest first. */
    List<String> causes() {
        if (!result.untested().isEmpty()) {
            return result.untested().stream()
                    .map(cause -> "could be " + words(cause) + "; it would fit such data even if it were not true")
                    .toList();
        }
        if (result.causes().isEmpty() && result.verdict() == CheckResult.Verdict.REFUTED) {
            return List.of("None of the causes tried explains it.");
        }
        return result.causes().stream().map(CheckReport::words).toList();
    }

    private static String words(CheckResult.Cause cause) {
        return cause.kind() + ": " + cause.words() + "; then the largest deviation is " + Numbers.brief(cause.ratio())
                + " of its budget";
    }

    Table parts() {
        List<List<Object>> rows = new ArrayList<>();
        result.parts().forEach(part -> rows.add(List.of(part.name(), part.deviation(), part.ratio())));
        return new Table("parts.csv", List.of("part", "deviation", "largest_over_budget"), rows);
    }

    /** Deviation over budget, output by output. */
    Figure figure() {
        return OutputsFigure.of(result.outputs());
    }

    List<Provenance.Fact> facts() {
        List<Provenance.Fact> facts = new ArrayList<>();
        facts.add(new Provenance.Fact("command", command));
        facts.addAll(provenance.facts());
        return facts;
    }
}
