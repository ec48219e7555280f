package org.idem.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One picture: a Vega-Lite specification with its data inside.
 *
 * @param title short heading above the picture, may be empty
 * @param alternative what the picture shows, in words, for those who cannot see it
 * @param spec specification as JSON
 */
record Chart(String title, String alternative, ObjectNode spec) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The specification of a resource, with data and the names of its series in order. */
    static Chart of(String title, String alternative, String resource, Table data) {
        try {
            ObjectNode spec = (ObjectNode) JSON.readTree(Assets.text(resource));
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

    /** For a script element: no tag can end inside. */
    String json() {
        return spec.toString().replace("<", "\\u003c");
    }
}
