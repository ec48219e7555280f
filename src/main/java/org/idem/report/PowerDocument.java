package org.idem.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.idem.array.WholeFile;
import org.idem.verification.Calibration;
import org.idem.verification.Power;
import org.idem.verification.PowerResult;
import org.jspecify.annotations.Nullable;

/**
 * The power of a run for programs; the same seed gives the same bytes.
 *
 * @param run how trials were drawn and judged
 * @param results one per theorem
 * @param calibration how often true theorems are refuted, null if it was not asked
 */
public record PowerDocument(
        Power run, List<PowerResult> results, @Nullable Calibration calibration) {
    private static final int SCHEMA = 1;

    /** Copies the list. */
    public PowerDocument {
        results = List.copyOf(results);
    }

    /**
     * Writes the document.
     *
     * @param file target; appears whole or not at all
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        ObjectNode root = JsonResults.document(SCHEMA);
        root.put("seed", run.seed());
        root.put("trials", run.trials());
        root.put("level", run.level());
        root.put("wantedProbability", Power.WANTED);
        ArrayNode theorems = root.putArray("theorems");
        results.forEach(result -> write(result, theorems.addObject()));
        if (calibration != null) {
            root.putObject("falseAlarms")
                    .put("level", calibration.level())
                    .put("runs", calibration.runs())
                    .put("trials", calibration.trials())
                    .put("alarms", calibration.alarms())
                    .put("lower", calibration.lower())
                    .put("upper", calibration.upper());
        }
        WholeFile.write(file, JsonResults.text(root));
    }

    private static void write(PowerResult result, ObjectNode node) {
        node.put("id", result.theorem().id());
        if (result.smallestNoticed().isPresent()) {
            node.put("smallestNoticed", result.smallestNoticed().getAsDouble());
        } else {
            node.putNull("smallestNoticed");
        }
        ArrayNode curve = node.putArray("curve");
        for (PowerResult.Point point : result.curve()) {
            curve.addObject().put("error", point.error()).put("probability", point.probability());
        }
        ArrayNode variants = node.putArray("variants");
        for (PowerResult.Variant variant : result.variants()) {
            variants.addObject()
                    .put("name", variant.name())
                    .put("median", variant.median())
                    .put("last", variant.last())
                    .put("share", variant.share());
        }
    }
}
