_base_ = ['./_base_/imagenet.py', './_base_/imagenet_bs256.py']
optim_wrapper = dict(
    optimizer=dict(
        _delete_=True,
        type='AdamW', lr=5e-4 * 1024 / 512, weight_decay=0.05, eps=1e-8, betas=(0.9, 0.999)),
    paramwise_cfg=dict(norm_decay_mult=0.0, bias_decay_mult=0.0))
param_scheduler = [
    dict(type='LinearLR', start_factor=1e-3, by_epoch=True, end=20, convert_to_iter_based=True),
    dict(type='CosineAnnealingLR', eta_min=1e-5, by_epoch=True, begin=20),
]
auto_scale_lr = dict(base_batch_size=1024)
