package org.idem.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.idem.verification.Effort;
import org.idem.verification.ExactResults;
import org.idem.verification.Refinement;
import org.idem.verification.Tally;
import org.idem.verification.TheoremResult;
import org.idem.verification.Verdict;
import org.idem.verification.WorstCase;

/** Results for programs: no times, no machine, so that the same seed gives the same bytes. */
final class JsonResults {
    static final int SCHEMA = 3;
    /** Numbers are written by Jackson itself because the JDK changed how it prints them. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private JsonResults() {}

    static String of(Report report) {
        ObjectNode root = document(SCHEMA);
        root.put("seed", report.run().seed());
        if (report.run().effort() instanceof Effort.Trials fixed) {
            root.put("trials", fixed.count());
        } else {
            root.put("guarantee", ((Effort.Guarantee) report.run().effort()).share());
        }
        root.put("confidence", report.run().confidence());
        root.put("images", report.images());
        ArrayNode theorems = root.putArray("theorems");
        report.results().forEach(result -> write(result, theorems.addObject()));
        if (!report.worst().isEmpty()) {
            ArrayNode worst = root.putArray("worst");
            report.worst().forEach(one -> write(one, worst.addObject()));
        }
        ExactResults exact = report.exact();
        if (exact != null) {
            write(exact, root.putObject("exact"));
        }
        return text(root);
    }

    /** A document that holds nothing but the number of its schema. */
    static ObjectNode document(int schema) {
        return JSON.createObjectNode().put("schema", schema);
    }

    /** A document as text, one entry a line. */
    static String text(ObjectNode root) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try {
            return JSON.writer(new DefaultPrettyPrinter()
                                    .withObjectIndenter(lines)
                                    .withArrayIndenter(lines))
                            .writeValueAsString(root)
                    + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain values must be writable", impossible);
        }
    }

    private static void write(ExactResults exact, ObjectNode node) {
        node.put("verdict", exact.word());
        node.put("guarantee", exact.guarantee());
        node.put("instances", exact.instances().total());
        node.put("differing", exact.instances().refuted());
        ArrayNode variants = node.putArray("variants");
        for (ExactResults.VariantResult variant : exact.variants()) {
            variants.addObject()
                    .put("name", variant.name())
                    .put("concerned", variant.concerned())
                    .put("refuted", variant.refuted());
        }
    }

    private static void write(WorstCase worst, ObjectNode node) {
        node.put("id", worst.theorem().id());
        node.put("largestOfTrials", Double.isFinite(worst.among()) ? worst.among() : null);
        node.put("ratio", Double.isFinite(worst.ratio()) ? worst.ratio() : null);
        node.put("mean", worst.mean());
        node.put("configuration", worst.configuration().toString());
    }

    private static void write(TheoremResult result, ObjectNode node) {
        node.put("id", result.theorem().id());
        node.put("verdict", result.verdict().word());
        node.put("guarantee", result.verdict().guarantee());
        node.put(
                "counterexample",
                result.verdict() instanceof Verdict.Refuted refuted
                        ? refuted.smallest().toString()
                        : null);
        Tally tally = result.tally();
        node.putObject("tally")
                .put("trials", tally.trials())
                .put("decided", tally.decided())
                .put("notConverged", tally.notConverged())
                .put("hypothesesNotMet", tally.hypothesesNotMet())
                .put("undecidable", tally.undecidable());
        double median = result.medianRatio();
        node.put("medianRatio", Double.isFinite(median) ? median : null);
        Refinement refinement = result.refinement();
        if (refinement != null) {
            double digits = refinement.median();
            node.putObject("refinement")
                    .put("trials", refinement.shrinkage().size())
                    .put("medianDigits", Double.isFinite(digits) ? digits : null)
                    .put("digitsOfRounding", Refinement.OF_ROUNDING)
                    .put("pValue", refinement.pValue());
        }
        ArrayNode variants = node.putArray("variants");
        for (TheoremResult.VariantResult variant : result.variants()) {
            variants.addObject()
                    .put("name", variant.name())
                    .put("refutedAfter", variant.refutedAfter())
                    .put(
                            "counterexample",
                            variant.counterexample() == null
                                    ? null
                                    : variant.counterexample().configuration().toString());
        }
    }
}
