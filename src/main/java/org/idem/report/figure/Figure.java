package org.idem.report.figure;

import java.util.List;

/**
 * A numbered figure of the page.
 *
 * @param id fragment of its address
 * @param title heading
 * @param lead what to look at
 * @param charts one or two pictures
 * @param caption what is drawn, below the pictures
 * @param table the data
 */
public record Figure(String id, String title, String lead, List<Chart> charts, String caption, Table table) {
    /** Copies the list. */
    public Figure {
        charts = List.copyOf(charts);
    }
}
