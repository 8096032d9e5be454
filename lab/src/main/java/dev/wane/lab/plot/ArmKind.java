package dev.wane.lab.plot;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.Locale;

/** The λ that a study marks, each with a shape of its own. */
public enum ArmKind {
    UNSCALED,
    PLANNED,
    BEST;

    private static final double SIZE = 6;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    Shape shape() {
        return switch (this) {
            case UNSCALED -> polygon(-SIZE, -SIZE * 0.7, SIZE, -SIZE * 0.7, 0, SIZE);
            case PLANNED -> polygon(0, -SIZE * 1.1, SIZE, 0, 0, SIZE * 1.1, -SIZE, 0);
            case BEST -> new Ellipse2D.Double(-SIZE * 0.8, -SIZE * 0.8, SIZE * 1.6, SIZE * 1.6);
        };
    }

    private static Shape polygon(double... xy) {
        Path2D path = new Path2D.Double();
        path.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            path.lineTo(xy[i], xy[i + 1]);
        }
        path.closePath();
        return path;
    }
}
