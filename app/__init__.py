"""暖蜂 Nuanfeng: the open system behind a city's 友好场景 for couriers and food-delivery riders."""

__version__ = "0.1.0"
