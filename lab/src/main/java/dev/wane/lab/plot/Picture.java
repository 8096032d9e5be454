package dev.wane.lab.plot;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;

/**
 * Panels in rows, as PNG and SVG.
 *
 * @param name of the files, without ending
 * @param description for readers who do not see it
 * @param rows panels, left to right
 */
public record Picture(String name, String description, List<List<JFreeChart>> rows, Theme theme) {
    private static final int CELL_WIDTH = 520;
    private static final int CELL_HEIGHT = 360;
    private static final int PNG_SCALE = 2;

    public Picture {
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** Panels two by two. */
    public static List<List<JFreeChart>> inRowsOfTwo(List<JFreeChart> charts) {
        List<List<JFreeChart>> rows = new ArrayList<>();
        for (int i = 0; i < charts.size(); i += 2) {
            rows.add(charts.subList(i, Math.min(i + 2, charts.size())));
        }
        return rows;
    }

    public int width() {
        return CELL_WIDTH * rows.stream().mapToInt(List::size).max().orElseThrow();
    }

    public int height() {
        return CELL_HEIGHT * rows.size();
    }

    /**
     * Writes {@code name.png} and {@code name.svg}, with the theme's suffix.
     *
     * @return the SVG document, so that nobody has to draw it again
     * @throws UncheckedIOException if a file cannot be written
     */
    public String write(Path folder) {
        try {
            String svg = svg();
            Files.writeString(folder.resolve(name + theme.suffix() + ".svg"), svg, StandardCharsets.UTF_8);
            ImageIO.write(
                    png(), "png", folder.resolve(name + theme.suffix() + ".png").toFile());
            return svg;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes one file, whose ending, {@code .png} or {@code .svg}, says how.
     *
     * @throws IOException if it cannot be written
     */
    public void save(Path file) throws IOException {
        if (file.toString().endsWith(".png")) {
            ImageIO.write(png(), "png", file.toFile());
        } else {
            Files.writeString(file, svg(), StandardCharsets.UTF_8);
        }
    }

    /** A complete SVG document. */
    public String svg() throws IOException {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(emptySvg());
        context.setComment("made by Wane");
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(width(), height()));
        draw(graphics);
        StringWriter text = new StringWriter();
        graphics.stream(text, true);
        return text.toString();
    }

    private static Document emptySvg() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVGGraphics2D.SVG_NAMESPACE_URI, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new AssertionError("every JDK has a default XML parser", e);
        }
    }

    private BufferedImage png() {
        BufferedImage image = new BufferedImage(width() * PNG_SCALE, height() * PNG_SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(PNG_SCALE, PNG_SCALE);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        draw(graphics);
        graphics.dispose();
        return image;
    }

    private void draw(Graphics2D graphics) {
        Color background = theme.background();
        graphics.setColor(background);
        graphics.fill(new Rectangle2D.Double(0, 0, width(), height()));
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                Rectangle2D cell =
                        new Rectangle2D.Double(column * CELL_WIDTH, row * CELL_HEIGHT, CELL_WIDTH, CELL_HEIGHT);
                rows.get(row).get(column).draw(graphics, cell);
            }
        }
    }
}
