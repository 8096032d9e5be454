_base_ = ['./_base_/not_there.py']
optimizer = dict(type='SGD', momentum=0.9)
