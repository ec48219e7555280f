package org.idem.report.figure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import org.idem.report.asset.Assets;

/**
 * One picture: a Vega-Lite specification with its data inside.
 *
 * @param title short heading above the picture, may be empty
 * @param alternative what the picture shows, in words, for those who cannot see it
 * @param spec specification as JSON
 */
public record Chart(String title, String alternative, ObjectNode spec) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The specification of a resource, with data and the names of its series in order. */
    static Chart of(String title, String alternative, String resource, Table data) {
        try {
            ObjectNode spec = (ObjectNode) JSON.readTree(Assets.text(Chart.class, resource));
            spec.putObject("data")
                    .put("values", data.drawn())
                    .putObject("format")
                    .put("type", "csv");
            return new Chart(title, alternative, spec);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(resource + " must be JSON", broken);
        }
    }

    /** The same with numbers that the specification's expressions read. */
    Chart with(String parameter, double value) {
        spec.withArray("params").addObject().put("name", parameter).put("value", value);
        return this;
    }

    /** The same with an array, for instance the domain of a scale. */
    Chart with(String pointer, List<?> values) {
        ArrayNode array = spec.withArray(pointer);
        values.forEach(array::addPOJO);
        return this;
    }

    /** The same with an axis of its encodings: domain, labelled numbers and their labels. */
    Chart with(String encoding, Axis axis) {
        return with(encoding, axis, axis.lower(), axis.upper());
    }

    /** The same where marks reach further than the axis. */
    Chart with(String encoding, Axis axis, double from, double to) {
        String name = "labels" + spec.withArray("params").size();
        ObjectNode texts =
                spec.withArray("params").addObject().put("name", name).putObject("value");
        ArrayNode values = texts.putArray("numbers");
        axis.ticks().forEach(values::add);
        ArrayNode labels = texts.putArray("texts");
        axis.labels().forEach(labels::add);
        spec.withObject(encoding + "/axis")
                .put("labelExpr", name + ".texts[indexof(" + name + ".numbers, datum.value)]");
        return with(encoding + "/scale/domain", List.of(from, to)).with(encoding + "/axis/values", axis.ticks());
    }

    /** The same without a layer. */
    Chart without(String layer) {
        Iterator<JsonNode> layers = spec.withArray("layer").elements();
        while (layers.hasNext()) {
            if (layers.next().path("name").asText().equals(layer)) {
                layers.remove();
            }
        }
        return this;
    }

    /** For a script element: no tag can end inside. */
    String json() {
        return spec.toString().replace("<", "\\u003c");
    }
}
