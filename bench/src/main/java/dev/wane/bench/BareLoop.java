package dev.wane.bench;

import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;

/**
 * The scale-invariant MLP 784-128-128-10 trained by libtorch called straight from Java: no layers, no groups as values, no
 * telemetry, no divergence check. What the engine may cost at most is measured against it.
 */
final class BareLoop {
    private static final long[] SIZES = {784, 128, 128, 10};
    private static final double RATE = 1e-3;

    private final OperatorHandle fused = Dispatcher.singleton().findSchemaOrThrow("aten::_fused_adamw_", "");
    private final Type.TypePtr tensorType = new Type.TypePtr(TensorType.get());
    private final Scalar one = new Scalar(1f);
    private final Tensor inputs;
    private final Tensor labels;
    private final List<Tensor> weights;
    private final Tensor gain = torch.ones(1).requires_grad_(true);
    private final State weightState;
    private final State gainState;

    private record State(
            List<Tensor> parameters, List<Tensor> means, List<Tensor> squares, Tensor count, double decay) {
        static State of(List<Tensor> parameters, double decay) {
            return new State(
                    parameters,
                    zeros(parameters),
                    zeros(parameters),
                    torch.zeros(1).squeeze(),
                    decay);
        }

        private static List<Tensor> zeros(List<Tensor> like) {
            return like.stream()
                    .map(tensor -> torch.zeros_like(tensor).detach())
                    .toList();
        }
    }

    BareLoop(Tensor inputs, Tensor labels) {
        this.inputs = inputs;
        this.labels = labels;
        this.weights = List.of(weight(0), weight(1), weight(2));
        this.weightState = State.of(weights, 1);
        this.gainState = State.of(List.of(gain), 0);
    }

    private static Tensor weight(int layer) {
        return torch.randn(SIZES[layer + 1], SIZES[layer])
                .mul(new Scalar((float) Math.sqrt(2.0 / SIZES[layer])))
                .requires_grad_(true);
    }

    /** Returns the last loss. */
    double train(int steps, int batchSize) {
        SplittableRandom random = new SplittableRandom(1);
        int[] rows = new int[batchSize];
        double last = 0;
        for (int step = 0; step < steps; step++) {
            try (PointerScope _ = new PointerScope()) {
                for (int i = 0; i < batchSize; i++) {
                    rows[i] = random.nextInt((int) labels.size(0));
                }
                Tensor indices = torch.tensor(rows);
                Tensor loss = torch.cross_entropy_loss(
                        logits(inputs.index_select(0, indices)), labels.index_select(0, indices));
                loss.backward();
                last = loss.item_float();
                try (NoGradGuard _ = new NoGradGuard()) {
                    step(weightState);
                    step(gainState);
                }
            }
        }
        return last;
    }

    private Tensor logits(Tensor batch) {
        Tensor hidden = torch.relu(normalize(torch.linear(batch, weights.get(0))));
        hidden = torch.relu(normalize(torch.linear(hidden, weights.get(1))));
        return normalize(torch.linear(hidden, weights.get(2))).mul(gain);
    }

    private static Tensor normalize(Tensor values) {
        return torch.layer_norm(
                values, new long[] {values.size(1)}, new TensorOptional(), new TensorOptional(), 0, false);
    }

    private void step(State state) {
        state.count().add_(one);
        IValueVector stack = new IValueVector(
                list(state.parameters()),
                list(state.parameters().stream().map(Tensor::grad).toList()),
                list(state.means()),
                list(state.squares()),
                list(List.of()),
                list(state.parameters().stream().map(ignored -> state.count()).toList()),
                new IValue(RATE),
                new IValue(0.9),
                new IValue(0.999),
                new IValue(state.decay()),
                new IValue(1e-8),
                new IValue(false),
                new IValue(false),
                new IValue(),
                new IValue());
        fused.callBoxed(stack);
        state.parameters().forEach(parameter -> parameter.mutable_grad().reset());
    }

    private IValue list(List<Tensor> tensors) {
        GenericList list = new GenericList(tensorType);
        tensors.forEach(tensor -> list.push_back(new IValue(tensor)));
        return new IValue(list);
    }
}
